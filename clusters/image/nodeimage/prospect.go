package nodeimage

import (
	"context"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
	"github.com/gateproof/gateproof/clusters/image/ours"
)

// Prospect is how the image of a version would be had, as far as that can be said without pulling and building.
type Prospect struct {
	Words   string // how
	Ours    bool   // it is one of those that are built here
	Builds  bool   // it may have to be built first
	Missing string // why there is none to be had; "" where there is
}

// Foresee looks for the image where an engine answers, and changes nothing.
func Foresee(ctx context.Context, req Request, answers bool) (Prospect, error) {
	if req.Given != "" {
		image, err := lookFor(ctx, req.Given, answers)
		return Prospect{Words: "the given node image " + req.Given, Ours: image.Mirrors}, err
	}
	r, buildable, err := recipe.For(req.Version)
	if err != nil {
		return Prospect{}, err
	}
	ref, err := publishedRef(req.Version)
	if err != nil {
		return Prospect{}, err
	}
	if buildable {
		job, err := newBuilder(r, req.Arch)
		if err != nil {
			return Prospect{}, err
		}
		var image Image
		if answers {
			image, err = job.present(ctx, ours.Present)
		}
		switch {
		case err != nil || image.ID != "":
			return Prospect{Words: "its node image is there", Ours: true}, err
		case job.image.Known():
			return Prospect{Words: unless(answers) + "its node image is pulled (some 400 MB), or else built (about 10 minutes on two cores, once)", Ours: true, Builds: true}, nil
		case ref != "" && !NeedsHelp(req.Version, req.Cgroup):
			return Prospect{Words: unless(answers) + "its node image is pulled, or else built (about 10 minutes on two cores, once)", Ours: true, Builds: true}, nil
		}
		if _, err := gobuild.GoVersion(ctx); err != nil {
			return Prospect{Missing: err.Error()}, nil
		}
		return Prospect{Words: unless(answers) + "its node image is built (about 10 minutes on two cores, once)", Ours: true, Builds: true}, nil
	}
	if ref == "" {
		return Prospect{Missing: (&UnknownVersionError{Version: req.Version, Published: publishedVersions(), Buildable: recipe.Buildable()}).Error()}, nil
	}
	return Prospect{Words: "its node image is pulled: " + ref}, nil
}

// unless is what cannot be said while no engine answers.
func unless(answers bool) string {
	if answers {
		return ""
	}
	return "unless the engine has it, "
}

func lookFor(ctx context.Context, ref string, answers bool) (Image, error) {
	if !answers {
		return Image{}, nil
	}
	return inspect(ctx, ref, ours.Present)
}
