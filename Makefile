# Everything that is done to this repository by hand or by a machine. `make` lists it.

.DEFAULT_GOAL := help
.PHONY: help demo test check format golden bench bench-gates bench-kills bench-minimise bench-mutate bench-probe bench-scrub bench-states wheel

# Every import has to be declared in Package.swift: the layers of ARCHITECTURE.md rest on it.
IMPORTS := --explicit-target-dependency-import-check error
SOURCES := Sources Tests Package.swift
ENVIRONMENTS := $(CURDIR)/.nevermore/environments
TEST := NEVERMORE_TEST_ENVIRONMENTS="$(ENVIRONMENTS)" swift test $(IMPORTS)

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Crash a small shop and turn its five failures into tests on branches
	scripts/setup
	swift build $(IMPORTS)
	scripts/demo --nevermore .build/debug/nevermore

test: ## Run every test, with the Python environments that the end-to-end ones need
	scripts/setup
	scripts/environments
	scripts/kit-tests
	scripts/probe-tests
	$(TEST)

check: ## Lint the format, and build with every import declared
	swift format lint --strict --recursive $(SOURCES)
	swift build --build-tests $(IMPORTS)

format: ## Rewrite the sources in the toolchain's format
	swift format --in-place --recursive $(SOURCES)

golden: ## Record the golden files anew; look at the difference before you commit it
	scripts/setup
	scripts/environments
	-NEVERMORE_RECORD_GOLDENS=1 $(TEST) --skip EndToEnd
	git status --short -- Tests

# Of the wheel's own: what a release is made of shares nothing with the work at hand.
WHEEL := .build-wheel
wheel: ## Build the program without shared libraries of ours, and pack it for pip into dist/
	scripts/setup
	scripts/static-libraries $(WHEEL)/libraries
	nice -n 19 swift build -c release --product nevermore --static-swift-stdlib --scratch-path $(WHEEL) \
	  $(IMPORTS) -Xlinker -L$(CURDIR)/$(WHEEL)/libraries
	scripts/wheel --binary $(WHEEL)/release/nevermore

bench: ## Judge the program on real crashes: make bench CORPUS=../shared
	@test -n "$(CORPUS)" || { echo 'hint: make bench CORPUS=../shared' >&2; exit 64; }
	swift build $(IMPORTS)
	scripts/bench --nevermore .build/debug/nevermore --corpus "$(CORPUS)"

bench-gates: ## Show known right and wrong patches to the judge: make bench-gates CORPUS=../shared
	@test -n "$(CORPUS)" || { echo 'hint: make bench-gates CORPUS=../shared' >&2; exit 64; }
	swift build $(IMPORTS)
	scripts/bench-gates --nevermore .build/debug/nevermore --corpus "$(CORPUS)"

bench-kills: ## Kill the daemon a hundred times, and look whether anything was lost or done twice
	scripts/environments
	swift build $(IMPORTS)
	scripts/bench-kills --nevermore .build/debug/nevermore

bench-minimise: ## Make the same failing inputs smaller beside shrinkray, in one run
	swift build $(IMPORTS)
	scripts/bench-minimise --nevermore .build/debug/nevermore

bench-mutate: ## Judge mutants beside mutmut, on the same lines in one run
	swift build $(IMPORTS)
	scripts/bench-mutate --nevermore .build/debug/nevermore

bench-probe: ## Measure what the probe costs a service beside sentry-sdk alone
	scripts/bench-probe

bench-scrub: ## Plant secrets in events, and look for them in all that is left of them
	swift build $(IMPORTS)
	scripts/bench-scrub --nevermore .build/debug/nevermore

bench-states: ## Judge twelve failures that need state: make bench-states CORPUS=../shared
	@test -n "$(CORPUS)" || { echo 'hint: make bench-states CORPUS=../shared' >&2; exit 64; }
	swift build $(IMPORTS)
	scripts/bench-states --nevermore .build/debug/nevermore --corpus "$(CORPUS)"
