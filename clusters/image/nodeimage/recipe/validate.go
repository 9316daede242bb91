package recipe

import (
	"errors"
	"fmt"
	"io/fs"
)

// validate finds references to nothing, and what is missing.
func (r Recipe) validate() error {
	programs := map[string]bool{}
	for _, m := range r.Modules {
		if err := m.Validate(); err != nil {
			return err
		}
		for _, p := range m.Programs {
			programs[m.Name+"/"+p.Name()] = true
		}
	}
	for name, root := range r.Roots {
		if err := root.Validate(); err != nil {
			return fmt.Errorf("root %s: %w", name, err)
		}
	}
	if err := r.Node.validate(); err != nil {
		return fmt.Errorf("node: %w", err)
	}
	if err := r.refers(r.Node.Root, r.Node.Programs, programs); err != nil {
		return fmt.Errorf("node: %w", err)
	}
	for _, image := range r.Images {
		if image.Name == "" {
			return errors.New("an image has no name")
		}
		if !image.Complete() && !programs[Kubeadm] {
			return fmt.Errorf("image %s: no module builds %s, which would name it", image.Name, Kubeadm)
		}
		if err := r.refers(image.Root, image.Programs, programs); err != nil {
			return fmt.Errorf("image %s: %w", image.Name, err)
		}
	}
	return nil
}

func (n Node) validate() error {
	if n.Root == "" {
		return errors.New("root is missing")
	}
	if n.CgroupDriver != Cgroupfs && n.CgroupDriver != Systemd {
		return fmt.Errorf("cgroupDriver %q: it is %s or %s", n.CgroupDriver, Cgroupfs, Systemd)
	}
	for _, o := range n.Overlays {
		if _, err := fs.Stat(overlays, "overlays/"+o); err != nil {
			return fmt.Errorf("there is no overlay %q", o)
		}
	}
	return nil
}

func (r Recipe) refers(root string, uses map[string]string, programs map[string]bool) error {
	if _, ok := r.Roots[root]; root != "" && !ok {
		return fmt.Errorf("there is no root %q", root)
	}
	for path, program := range uses {
		if !programs[program] {
			return fmt.Errorf("%s: no module builds %q", path, program)
		}
	}
	return nil
}
