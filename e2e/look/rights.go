package look

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
	authorizationv1 "k8s.io/api/authorization/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	yamlreader "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// right is one verb on one kind of object.
type right struct{ verb, group, resource, subresource string }

// object is what the verb is for, as in cronjobs.batch/status.
func (r right) object() string {
	text := r.resource
	if r.group != "" {
		text += "." + r.group
	}
	if r.subresource != "" {
		text += "/" + r.subresource
	}
	return text
}

func (r right) String() string { return r.verb + " " + r.object() }

// byObject names rights by what they are for: pods/exec (create, get).
func byObject(rights []right) string {
	var objects []string
	verbs := map[string][]string{}
	for _, r := range rights {
		if verbs[r.object()] == nil {
			objects = append(objects, r.object())
		}
		verbs[r.object()] = append(verbs[r.object()], r.verb)
	}
	for i, o := range objects {
		objects[i] = o + " (" + strings.Join(verbs[o], ", ") + ")"
	}
	return strings.Join(objects, ", ")
}

// rightsIn are those of the ClusterRoles in a manifest.
func rightsIn(manifest string) ([]right, error) {
	var out []right
	documents := yamlreader.NewYAMLReader(bufio.NewReader(strings.NewReader(manifest)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		var role rbacv1.ClusterRole
		if err := yaml.Unmarshal(document, &role); err != nil {
			return nil, err
		}
		if role.Kind != "ClusterRole" {
			continue
		}
		for _, rule := range role.Rules {
			for _, group := range rule.APIGroups {
				for _, path := range rule.Resources {
					resource, subresource, _ := strings.Cut(path, "/")
					for _, verb := range rule.Verbs {
						out = append(out, right{verb, group, resource, subresource})
					}
				}
			}
		}
	}
}

// reviewsAtOnce bounds the requests that are under way.
const reviewsAtOnce = 8

// reviewRights asks the API server for each right that a run needs whether this one has it.
func (l *looking) reviewRights(ctx context.Context) error {
	l.tell("asking for the run's rights")
	needed, err := rightsIn(l.rights)
	if err != nil {
		return fmt.Errorf("the manifest of the rights: %w", err)
	}
	if l.Lane.RuntimeClass == "" {
		needed = slices.DeleteFunc(needed, func(r right) bool { return r.resource == "runtimeclasses" })
	}
	var mu sync.Mutex
	var missing []right
	all, reviewing := errgroup.WithContext(ctx)
	all.SetLimit(reviewsAtOnce)
	for _, r := range needed {
		all.Go(func() error {
			has, err := l.has(reviewing, r)
			if err == nil && !has {
				mu.Lock()
				defer mu.Unlock()
				missing = append(missing, r)
			}
			return err
		})
	}
	err = all.Wait()
	if i := slices.Index(missing, toListNodes); i >= 0 {
		missing = slices.Delete(missing, i, i+1)
		needed = slices.DeleteFunc(needed, func(r right) bool { return r == toListNodes })
		l.row(Row{What: "nodes", Found: "this run may not list them", Costs: "none: pods go where the scheduler puts them, and the verdicts are about the nodes that these are on",
			Remedy: "the right to list nodes, for a verdict on each kind"})
	}
	slices.SortFunc(missing, func(a, b right) int { return slices.Index(needed, a) - slices.Index(needed, b) })
	l.row(rightsRow(len(needed), missing, err))
	return nil
}

func (l *looking) has(ctx context.Context, r right) (bool, error) {
	review, err := l.Client.AuthorizationV1().SelfSubjectAccessReviews().Create(ctx, &authorizationv1.SelfSubjectAccessReview{
		Spec: authorizationv1.SelfSubjectAccessReviewSpec{ResourceAttributes: &authorizationv1.ResourceAttributes{
			Verb: r.verb, Group: r.group, Resource: r.resource, Subresource: r.subresource,
		}},
	}, metav1.CreateOptions{})
	return err == nil && review.Status.Allowed, err
}

// toListNodes is a right that no claim needs: by it a run chooses its nodes.
var toListNodes = right{"list", "", "nodes", ""}

// vital are rights without which no claim sees anything.
var vital = []right{
	{"create", "", "namespaces", ""}, {"create", "", "pods", ""}, {"get", "", "pods", ""}, {"list", "", "pods", ""}, {"watch", "", "pods", ""},
}

// rightsRow puts the reviews' outcome into words; err is the reviews' own.
func rightsRow(needed int, missing []right, err error) Row {
	row := Row{What: "rights"}
	if err != nil {
		row.Found = "the server does not say what this run may do: " + err.Error()
		row.Costs = "not known: a right that is missing shows in the claim that needs it"
		row.Remedy = "let the run create selfsubjectaccessreviews, which every authenticated user may by default"
		return row
	}
	if len(missing) == 0 {
		row.Found = fmt.Sprintf("all %d of e2e/rights.yaml", needed)
		return row
	}
	row.Found = fmt.Sprintf("%d of %d are missing: %s", len(missing), needed, byObject(missing))
	row.Costs = "claims that need one of these are not observed"
	if i := slices.IndexFunc(missing, func(r right) bool { return slices.Contains(vital, r) }); i >= 0 {
		row.Costs = "without " + missing[i].String() + " no claim can be observed"
	}
	row.Remedy = "kubectl apply -f e2e/rights.yaml, and run as the service account that it makes"
	return row
}
