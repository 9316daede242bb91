package lab

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// WordKey is the key under which a Secret or ConfigMap of the suite's holds its random word.
const WordKey = "word"

// Companions are what a pod takes its volumes and variables from: names of Secrets and ConfigMaps, which must be there
// before the pod. Each holds one random word.
type Companions struct{ Secrets, ConfigMaps []string }

// NewPodWith is NewPod with the objects beside it; words are by the objects' names.
func (b *Bench) NewPodWith(ctx context.Context, fixture string, objects Companions) (p *Pod, words map[string]string, err error) {
	ns, err := b.Namespace(ctx, "own", fixture)
	if err != nil {
		return nil, nil, err
	}
	if words, err = b.makeObjects(ctx, ns, objects); err != nil {
		return nil, nil, err
	}
	if p, err = b.create(ctx, ns, fixture); err != nil {
		return nil, nil, err
	}
	return p, words, p.WaitReady(ctx)
}

// SharedPodWith is SharedPod with the objects beside it. Whoever asks for the fixture must ask for the same objects.
func (b *Bench) SharedPodWith(ctx context.Context, fixture string, objects Companions) (p *Pod, words map[string]string, err error) {
	ns, err := b.sharedNamespace(ctx, fixture)
	if err != nil {
		return nil, nil, err
	}
	if words, err = b.makeObjects(ctx, ns, objects); err != nil {
		return nil, nil, err
	}
	p, err = b.SharedPod(ctx, fixture)
	return p, words, err
}

// makeObjects makes those that are not there yet, and returns the words that they hold.
func (b *Bench) makeObjects(ctx context.Context, ns string, objects Companions) (map[string]string, error) {
	words := map[string]string{}
	secrets, configMaps := b.Client.CoreV1().Secrets(ns), b.Client.CoreV1().ConfigMaps(ns)
	for _, name := range objects.Secrets {
		meta := metav1.ObjectMeta{Name: name}
		s, err := secrets.Create(ctx, &corev1.Secret{ObjectMeta: meta, StringData: map[string]string{WordKey: Word()}}, metav1.CreateOptions{})
		if alreadyExists(err) {
			s, err = secrets.Get(ctx, name, metav1.GetOptions{})
		}
		if err != nil {
			return nil, fmt.Errorf("making Secret %s: %w", name, err)
		}
		words[name] = string(s.Data[WordKey])
	}
	for _, name := range objects.ConfigMaps {
		meta := metav1.ObjectMeta{Name: name}
		c, err := configMaps.Create(ctx, &corev1.ConfigMap{ObjectMeta: meta, Data: map[string]string{WordKey: Word()}}, metav1.CreateOptions{})
		if alreadyExists(err) {
			c, err = configMaps.Get(ctx, name, metav1.GetOptions{})
		}
		if err != nil {
			return nil, fmt.Errorf("making ConfigMap %s: %w", name, err)
		}
		words[name] = c.Data[WordKey]
	}
	return words, nil
}
