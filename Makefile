# Nexwatch. `make run` and `make test` are all that is needed; `make help` lists the rest.
#
# A Debian or Ubuntu machine with Rust and Node is enough: what else is needed is installed here, and said.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# What the window needs to be built, what the tests drive, what the pictures need.
BUILD_PACKAGES := build-essential pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-dev
TEST_PACKAGES := xvfb xauth webkit2gtk-driver dbus-daemon chromium curl sqlite3 openssh-server procps
HEADLESS := --no-default-features
NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
# Types alone are nothing to be built from, and tests write them out anew.
UI_SOURCES := $(shell find ui/src ui/public ui/index.html ui/*.ts ui/*.js ui/package-lock.json -type f -not -path '*/backend/types/*' 2>/dev/null)

say = @printf '\033[1m%s\033[0m\n' "→ $(1)"

.PHONY: help
help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: run
run: ## Build everything and open the window (without a display: the desk in a browser)
ifneq ($(strip $(DISPLAY)$(WAYLAND_DISPLAY)),)
	@$(MAKE) window
else
	@$(MAKE) serve
endif

.PHONY: window
window: packages-build ui ## Build and open the window
	$(call say,Building Nexwatch with its window (the first time takes some minutes))
	cargo build
	target/debug/nexwatch

.PHONY: serve
serve: packages-headless ui ## Build without the window; serve the desk for a browser
	$(call say,Building Nexwatch without its window (the first time takes some minutes))
	cargo build $(HEADLESS)
	$(call say,Open the address printed as "desk" in a browser on this computer; Ctrl-C ends it)
	target/debug/nexwatch serve --desk 127.0.0.1:0

.PHONY: test
test: packages-build packages-test ui-test ui ## Every test
	$(call say,Tests of the program (the first time takes some minutes))
ifneq ($(NEXTEST),)
	cargo nextest run $(if $(CI),--profile ci) --workspace --no-fail-fast
	cargo test --workspace --doc
else
	cargo test --workspace --no-fail-fast
endif
	@$(MAKE) browser-test

.PHONY: browser-test
browser-test: ## The desk in a real browser
	$(call say,The desk in Chromium)
	cd tests/browser && { [ -d node_modules ] && [ node_modules -nt package-lock.json ] || npm ci --no-audit --no-fund; } && npm test

.PHONY: ui
ui: ui/dist/index.html ## Build the screen

ui/dist/index.html: ui/node_modules/.package-lock.json $(UI_SOURCES)
	$(call say,Building the screen)
	cd ui && npm run build

ui/node_modules/.package-lock.json: ui/package-lock.json
	$(call say,Fetching what the screen is built with)
	cd ui && npm ci --no-audit --no-fund
	@touch $@

.PHONY: ui-test
ui-test: ui/node_modules/.package-lock.json ## Tests of the screen
	$(call say,Tests of the screen)
	cd ui && npm test

.PHONY: types
types: ## Write the TypeScript types of questions, answers and news
	cargo test --quiet --workspace --lib export_bindings >/dev/null

.PHONY: check
check: ui/node_modules/.package-lock.json ui ## Formatting, linters, unused dependencies, stale types, the rules of the house
	.ci/check

.PHONY: release
release: packages-build ui ## The fast build, in target/release
	$(call say,Building for speed (the first time takes ten minutes and more))
	cargo build --release

.PHONY: package
package: release ## A .deb and an .rpm
	ui/node_modules/.bin/tauri bundle --bundles deb,rpm

.PHONY: package-test
package-test: packages-build packages-test ui ## Install the .deb of the present build, use it, remove it
	$(call say,The package)
	cargo test --workspace --no-run --quiet # the very build that the tests have
	ui/node_modules/.bin/tauri bundle --debug --bundles deb
	.ci/package

.PHONY: bench
bench: packages-headless ui ## Measure this machine
	cargo build --release $(HEADLESS)
	target/release/nexwatch bench

.PHONY: icons
icons: ui/node_modules/.package-lock.json ## Draw the icon's sizes anew from icons/icon.svg
	ui/node_modules/.bin/tauri icon icons/icon.svg -o icons
	rm -rf icons/android icons/ios

.PHONY: packages-build packages-test packages-headless
packages-build:
	@.ci/packages $(BUILD_PACKAGES)
packages-test:
	@.ci/packages $(TEST_PACKAGES)
packages-headless:
	@.ci/packages build-essential pkg-config libdbus-1-dev

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf target ui/dist ui/node_modules tests/browser/node_modules
