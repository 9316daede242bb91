# gateproof: see `make help`. Options are variables: make e2e LANES=on
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Only these are for callers; the rest of the file is plumbing.
.PHONY: help e2e test look claims lanes doctor lanes-up lanes-down images publish suite-image vm bench mutants benign compare merge history validate site clean

# The other hosts that people have: the tree and its tests compile there.
HOSTS := linux/arm64 darwin/arm64 darwin/amd64 windows/amd64

G := .bin/gateproof

help: ## Show this list
	@echo 'gateproof proves what Kubernetes promises about shared process namespaces, on real clusters.'
	@echo
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'Options are variables, as in `make e2e LANES=on FOCUS=hup`: e2e/OPTIONS.md lists them; and these are make'\''s own:'
	@echo '  A, B          for make compare: run.json files, or folders that hold one'
	@echo '  SHARDS        for make merge: folders of reports, separated by blanks'
	@echo '  DIR, HTML     for make history: a folder of runs; a page to write'
	@echo '  FILE          for make validate: report.yaml or report.json; for make suite-image: the archive to write'
	@echo '  CHROME        the browser that make test opens the HTML report in (default: Chromium, installed if missing)'
	@echo
	@echo 'Each target is a command of the one program that make builds: $(G) --help. make itself answers 2 to every failure; `$(G) run` answers'
	@echo '0 all claims hold, 1 a claim is contradicted, 2 no verdict.'

e2e: $(G) ## Prove every claim in every lane: the main job
	@exec $(G) run

test: $(G) ## Vet, lint, unit tests with the race detector, the docs' commands
	@command -v $${CC:-gcc} >/dev/null || $(G) host-packages gcc libc6-dev
	@command -v $(CHROME) chromium chromium-browser google-chrome >/dev/null || $(G) host-packages chromium
	go vet ./...
	@for host in $(HOSTS); do echo "go vet ./... for $$host"; GOOS=$${host%/*} GOARCH=$${host#*/} CGO_ENABLED=0 go vet ./... || exit; done
	go tool staticcheck ./...
	go tool actionlint
	go tool gotestsum --format=pkgname-and-test-fails -- -race ./...

look: $(G) ## Say what a run would find on a cluster, before it proves anything: rights, admission, exec, images, pace
	@exec $(G) look

claims: $(G) ## Print the catalogue of claims (kept in e2e/CLAIMS.md)
	@exec $(G) claims

lanes: $(G) ## List the declared lanes
	@exec $(G) lanes list

doctor: $(G) ## Say what this host can run, lane by lane, and what to do where it can't
	@exec $(G) doctor

lanes-up: $(G) ## Bring lanes up and keep them; make e2e then uses them as they are
	@exec $(G) lanes up

lanes-down: $(G) ## Remove the kept lanes
	@exec $(G) lanes down

images: $(G) ## Provide the images that the lanes need; with IMAGE_REGISTRY push those that pods run
	@exec $(G) images $(if $(IMAGE_REGISTRY),push,build)

publish: $(G) ## Push the images that the lanes need to a registry (GATEPROOF_REGISTRY), and print their pins
	@exec $(G) images publish

vm: $(G) ## Prove claims in a virtual machine, whose kernel has AppArmor and Yama (emulated: twenty minutes and more; KVM=1 where containers may)
	@exec $(G) vm

mutants: $(G) ## Show that the suite can fail: run it against clusters broken on purpose
	@exec $(G) mutants

benign: $(G) ## Show that the suite leaves healthy clusters in peace: run it on such of other habits
	@exec $(G) benign

suite-image: $(G) ## Make the suite's own image, which Sonobuoy runs: push it to IMAGE_REGISTRY, or write it to FILE
	@exec $(G) images suite $(if $(FILE),--file=$(FILE))

compare: $(G) ## Say what is worse in run B than in run A (files or folders); fails where something is
	@exec $(G) report compare $(A) $(B)

merge: $(G) ## Make one report of SHARDS, folders of one lane each; LANES says which must be there
	@exec $(G) report merge $(SHARDS)

history: $(G) ## Follow each claim over the runs below DIR
	@exec $(G) report history $(DIR) $(if $(HTML),--html=$(HTML))

validate: $(G) ## Check that the conformance report FILE is what a run has made
	@exec $(G) report validate $(FILE)

site: $(G) ## Write static pages of the run in reports/out and of published results to SITE, ./site where nothing is said
	@exec $(G) report site reports/out --out $(or $(SITE),site)

bench: $(G) ## Measure a warm run by phase and claim, against plain kind in the same run
	@exec $(G) bench

clean: $(G) ## Remove kept lanes, reports and programs; what was built for reuse stays in the cache
	@$(G) lanes down
	rm -rf .bin reports/out

$(G): FORCE
	@CGO_ENABLED=0 go build -ldflags="-X github.com/gateproof/gateproof/e2e/version.Commit=$$(git describe --always --dirty 2>/dev/null)" -o $@ ./e2e/cmd/gateproof

.PHONY: FORCE
FORCE:
