# gateproof: see `make help`. Options are variables: make e2e LANES=on
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Only these are for callers; the rest of the file is plumbing.
.PHONY: help e2e test look claims lanes doctor lanes-up lanes-down images publish suite-image bench mutants benign compare merge history validate clean

# The other hosts that people have: the tree and its tests compile there.
HOSTS := linux/arm64 darwin/arm64 darwin/amd64

help: ## Show this list
	@echo 'gateproof proves what Kubernetes promises about shared process namespaces, on real clusters.'
	@echo
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'Options, as in `make e2e LANES=on FOCUS=hup`:'
	@echo '  LANES         lanes by name, or paths of lane files, comma-separated, or all (default: on,off)'
	@echo '  FOCUS, SKIP   run, or leave out, the specs whose names match a regular expression'
	@echo '  LABEL_FILTER  Ginkgo label filter: claim:ID, group:NAME, lane:NAME, kind:conformance|informative'
	@echo '  PROCS         parallel Ginkgo processes (default: 3 for each core)'
	@echo '  NODE_IMAGE    a node image to test instead of the lanes'\'' own'
	@echo '  GATEPROOF_REGISTRY  HOST/PATH of a registry that make publish has filled: images come from there instead of being built'
	@echo '  DEBIAN_MIRROR where Debian'\''s packages come from, where an image is built (default: http://deb.debian.org/debian)'
	@echo '  FIXTURES      a folder whose files replace fixtures of the same name'
	@echo '  KEEP_ENGINE   set: leave an engine that was started for the run'
	@echo '  ARTIFACTS     a folder that gets the JUnit files too'
	@echo '  EXPECT        shared|isolated, or a lane to expect the same as, with KUBECONFIG: prove the claims on that cluster instead'
	@echo '                (also KUBE_CONTEXT, IMAGE_REGISTRY, IMAGE_PULL_SECRET=NAMESPACE/NAME or a docker config file,'
	@echo '                RUNTIME_CLASS, FIELD=kept|dropped|refused, and CLUSTER: what reports call it, instead of its context)'
	@echo '  LOOK          set: take the first look, which a run takes at somebody'\''s cluster, at lanes of our own too'
	@echo '  JUNIT         strict: JUnit files by the letter of Jenkins'\'' xUnit schema'
	@echo '  DRY_RUN       set: list the specs that would run, and run nothing'
	@echo '  TIMEOUTS      other waits than e2e/lab/timeouts.go says, as PodReady=3m,Quiet=5s'
	@echo '  REPORTS_DIR   another folder for the reports than reports/out'
	@echo '  MUTANTS       for make mutants: mutants by id, comma-separated (default: all)'
	@echo '  VARIANTS      for make benign: variants by id, comma-separated (default: all)'
	@echo '  SAMPLE, SEED  for make mutants and make benign: so many, chosen by chance; a seed repeats the choice'
	@echo '  WHOLE         for make mutants, set: run the whole suite against each (takes an hour)'
	@echo '  A, B          for make compare: run.json files, or folders that hold one'
	@echo '  SHARDS        for make merge: folders of reports, separated by blanks'
	@echo '  DIR, HTML     for make history: a folder of runs; a page to write'
	@echo '  FILE          for make validate: report.yaml or report.json; for make suite-image: the archive to write'
	@echo '  VERBOSE       set: show Ginkgo'\''s own output'
	@echo '  CHROME        the browser that make test opens the HTML report in (default: Chromium, installed if missing)'
	@echo
	@echo 'make itself answers 2 to every failure; `.bin/e2e` answers 0 all claims hold, 1 a claim failed,'
	@echo '2 the infrastructure or the input was at fault.'

e2e: .bin/e2e ## Prove every claim in every lane: the main job
	@exec .bin/e2e

test: .bin/lanes ## Vet, lint, unit tests with the race detector, the docs' commands
	@command -v $${CC:-gcc} >/dev/null || .bin/lanes host-packages gcc libc6-dev
	@command -v $(CHROME) chromium chromium-browser google-chrome >/dev/null || .bin/lanes host-packages chromium
	go vet ./...
	@for host in $(HOSTS); do echo "go vet ./... for $$host"; GOOS=$${host%/*} GOARCH=$${host#*/} CGO_ENABLED=0 go vet ./... || exit; done
	go tool staticcheck ./...
	go tool actionlint
	go tool gotestsum --format=pkgname-and-test-fails -- -race ./...

look: ## Say what a run would find on a cluster, before it proves anything: rights, admission, exec, images, pace
	@go build -o .bin/look ./e2e/cmd/look
	@exec .bin/look

claims: ## Print the catalogue of claims (kept in e2e/CLAIMS.md)
	@go run ./e2e/cmd/claims

lanes: .bin/lanes ## List the declared lanes
	@exec .bin/lanes list

doctor: .bin/lanes ## Say what this host can run, lane by lane, and what to do where it can't
	@exec .bin/lanes doctor

lanes-up: .bin/lanes ## Bring lanes up and keep them; make e2e then uses them as they are
	@exec .bin/lanes up

lanes-down: .bin/lanes ## Remove the kept lanes
	@exec .bin/lanes down

images: .bin/lanes ## Provide the images that the lanes need; with IMAGE_REGISTRY push those that pods run
	@exec .bin/lanes images

publish: .bin/lanes ## Push the images that the lanes need to a registry (GATEPROOF_REGISTRY), and print their pins
	@exec .bin/lanes publish

mutants: .bin/e2e .bin/lanes ## Show that the suite can fail: run it against clusters broken on purpose
	@go build -o .bin/mutants ./e2e/cmd/mutants
	@exec .bin/mutants

benign: .bin/e2e .bin/lanes ## Show that the suite leaves healthy clusters in peace: run it on such of other habits
	@go build -o .bin/benign ./e2e/cmd/benign
	@exec .bin/benign

suite-image: ## Make the suite's own image, which Sonobuoy runs: push it to IMAGE_REGISTRY, or write it to FILE
	@go run ./e2e/cmd/image

compare: .bin/reports ## Say what is worse in run B than in run A (files or folders); fails where something is
	@exec .bin/reports compare $(A) $(B)

merge: .bin/reports ## Make one report of SHARDS, folders of one lane each; LANES says which must be there
	@exec .bin/reports merge $(SHARDS)

history: .bin/reports ## Follow each claim over the runs below DIR
	@exec .bin/reports history $(DIR) $(if $(HTML),--html=$(HTML))

validate: .bin/reports ## Check that the conformance report FILE is what a run has made
	@exec .bin/reports validate $(FILE)

bench: ## Measure a warm run by phase and claim, against plain kind in the same run
	@go build -o .bin/kind sigs.k8s.io/kind
	@go run ./e2e/cmd/bench

clean: .bin/lanes ## Remove kept lanes, reports and programs; what was built for reuse stays in the cache
	@.bin/lanes down
	rm -rf .bin reports/out

.bin/e2e: FORCE
	@go build -o $@ ./e2e/cmd/e2e

.bin/lanes: FORCE
	@go build -o $@ ./clusters/cmd/lanes

.bin/reports: FORCE
	@go build -o $@ ./reports/cmd/reports

.PHONY: FORCE
FORCE:
