# Music-genre data pipeline. `make` alone prints what there is.
#
# Every stage is a program in bin/ that reads tables and writes one. The variable of its name (UNIFY_LABELS for
# unify-labels) holds the command to run: set it to put a program of your own in its place.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help

ifneq ($(words $(CURDIR)),1)
$(error the path '$(CURDIR)' has a space in it, which make cannot handle: move the checkout)
endif

ifneq ($(strip $(foreach v,DATA GTZAN MSD PICTURES RECIPE,$(filter-out 0 1,$(words $($v))))),)
$(error the paths DATA='$(DATA)' GTZAN='$(GTZAN)' MSD='$(MSD)' PICTURES='$(PICTURES)' RECIPE='$(RECIPE)' must have no space in them, which make cannot handle)
endif

ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
BIN := $(ROOT)/bin
ARTIFACTS := $(ROOT)/artifacts

# Where tables go.
DATA ?= data
# What the tables are made of. With none of the first three, a small corpus of synthesised music is made and used.
#   GTZAN: a folder of class folders with sound files. MSD: a folder of song files of the Million Song Dataset.
#   PICTURES: a folder of class folders with pictures of spectrograms (PNG).
#   MANIFEST: a CSV file of what the sound files should be; for a folder of your own, MANIFEST= says that there is none.
GTZAN ?=
MSD ?=
PICTURES ?=
MANIFEST ?= $(if $(GTZAN),$(ROOT)/manifests/gtzan.csv)
# What features are computed: a recipe of manifests/recipes, or a file of your own.
RECIPE ?= $(if $(GTZAN)$(MSD),top-n,$(if $(PICTURES),picture,top-n))
# Options for make-corpus, such as --seed 7 or --clips 20
CORPUS ?=
# What a stage's command is started with, such as nice or srun. It cannot change what the stage writes.
LAUNCH ?=
# Ahead-of-time compilation of the stages: false saves its download and some seconds, and costs some 15 ms at every start.
READY_TO_RUN ?= true
# A Python that has PyTables: the first on the path that does, or the system's, which says what to install.
TABLES_PYTHON ?= $(shell python3 -c 'import tables' 2> /dev/null && echo python3 || echo /usr/bin/python3)
# Options for the test runner, such as -class Pipeline.Tests.MakefileTests
TEST_OPTIONS ?=

STAGES := $(notdir $(patsubst %/,%,$(dir $(wildcard $(ROOT)/stages/*/*.csproj))))
TESTS := Shared.Tests Stages.Tests Pipeline.Tests

QUIET := -v quiet -nologo '-clp:NoSummary;ErrorsOnly'

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

# ---- the rule of a stage ---------------------------------------------------------------------------------------------
#
#   $(eval $(call stage,NAME,TARGET,INPUTS,OPTIONS))
#
# makes TARGET with the stage NAME. The target depends on its inputs, on the stage's program, and on its own resolved
# command line, which is noted in a stamp when the target is made: a changed option or a swapped program rebuilds what
# follows from it and nothing else, however old the program is. Looking (make help, make -n) changes no stamp.

upper = $(shell printf '%s' '$1' | tr 'a-z-' 'A-Z_')
# Text that comes out of a recipe's expansion unchanged, dollars and all.
literal = $(subst $$,$$$$,$1)
same = $(if $(subst x$1,,x$2)$(subst x$2,,x$1),,yes)

# A stage of the pipeline's own is known by the content of its program and libraries; another by the files in its
# command, so that both ./mine.sh and python3 mine.py are followed.
program = $(if $(filter $(BIN)/%,$(firstword $1)),$(addprefix $(BIN)/.id/,$(filter $(notdir $(firstword $1)),$(STAGES))),$(wildcard $1))

define stage
$(eval variable := $(call upper,$1))
$(eval $(variable) ?= $(BIN)/$1)
$(eval stamp := $(DATA)/.stamps/$(subst /,_,$2))
$2: export STAGE_COMMAND = $(call literal,$($(variable)) $4)
$2: $3 $(call program,$($(variable))) $(if $(call same,$(file <$(stamp)),$($(variable)) $4),,changed-command)
	@command -v $(firstword $($(variable))) > /dev/null || { echo "make: $(variable): there is no program '$(firstword $($(variable)))': set $(variable) to a program of yours" >&2; exit 127; }
	@mkdir -p $$(@D) $(DATA)/.stamps && touch $(stamp).began
	$$(LAUNCH) $(call literal,$($(variable)) $4)
	@test $$@ -nt $(stamp).began || { echo "make: $1 ended well and did not write $$@" >&2; exit 1; }
	@rm -f $(stamp).began
	@printf '%s\n' "$$$$STAGE_COMMAND" > $(stamp)

endef

.PHONY: changed-command

# A misspelt setting would be passed over, and tables be made of something else. Who includes this file has settings of their own.
SETTINGS = DATA GTZAN MSD PICTURES MANIFEST RECIPE CORPUS LAUNCH READY_TO_RUN TEST_OPTIONS TABLES_PYTHON $(foreach s,$(STAGES),$(call upper,$s))
given := $(filter-out MAKE% SHELL,$(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $v))),$v)))
ifeq ($(words $(MAKEFILE_LIST)),1)
ifneq ($(given),)
ifneq ($(filter-out $(SETTINGS),$(given)),)
$(error there is no setting $(firstword $(filter-out $(SETTINGS),$(given))); there are $(SETTINGS))
endif
endif
endif

# ---- building --------------------------------------------------------------------------------------------------------

SOURCES := $(shell find $(ROOT)/stages $(ROOT)/shared -type f -not -name '.*') \
  $(wildcard $(ROOT)/Directory.*.props $(ROOT)/global.json $(ROOT)/.editorconfig)

$(BIN)/.built: $(SOURCES)
	@command -v dotnet > /dev/null || { echo "make: the .NET 10 SDK is not installed: see https://dotnet.microsoft.com/download" >&2; exit 1; }
	@echo "building the stages into $(BIN)"
	@for s in $(STAGES); do \
	  dotnet publish $(ROOT)/stages/$$s/$$s.csproj -c Release $(QUIET) -p:PublishReadyToRun=$(READY_TO_RUN); \
	done
	@mkdir -p $(BIN)/.id
	@for s in $(STAGES); do \
	  id=$$(cd $(BIN) && cat $$s.dll Pipeline.*.dll | sha256sum); \
	  [ "$$(cat $(BIN)/.id/$$s 2> /dev/null)" = "$$id" ] || echo "$$id" > $(BIN)/.id/$$s; \
	done
	@touch $@

# Rewritten by the rule above only when the stage's programs have changed.
$(foreach s,$(STAGES),$(BIN)/.id/$s): $(BIN)/.built ;

.PHONY: help build test readme interop bench clean

build: $(BIN)/.built ## Build every stage into bin/.

# ---- the tables ------------------------------------------------------------------------------------------------------

CORPUS_FOLDER := $(DATA)/corpus
ifeq ($(GTZAN)$(MSD)$(PICTURES),)
AUDIO_ROOT := $(CORPUS_FOLDER)/gtzan/genres
AUDIO_MANIFEST := $(CORPUS_FOLDER)/gtzan/artists.csv
SONG_ROOT := $(CORPUS_FOLDER)/msd
SOURCES_MADE := $(CORPUS_FOLDER)
# It has bad files on purpose, which are many in a small one.
TOLERANCE := --max-failed 0.1
else
AUDIO_ROOT := $(GTZAN)
AUDIO_MANIFEST := $(MANIFEST)
SONG_ROOT := $(MSD)
SOURCES_MADE :=
TOLERANCE :=
endif

# A table may be a folder of files: what comes from sound and what comes from song files lie side by side.
RECORDINGS := $(if $(AUDIO_ROOT),$(DATA)/recordings/gtzan.parquet) $(if $(SONG_ROOT),$(DATA)/recordings/msd.parquet) $(if $(PICTURES),$(DATA)/recordings/pictures.parquet)
SEGMENTS := $(if $(SONG_ROOT),$(DATA)/segments/msd.parquet)

RECIPE_FILE := $(if $(findstring /,$(RECIPE))$(filter %.json,$(RECIPE)),$(RECIPE),$(ROOT)/manifests/recipes/$(RECIPE).json)
ifeq ($(wildcard $(RECIPE_FILE)),)
$(error there is no recipe '$(RECIPE)'; there are $(basename $(notdir $(wildcard $(ROOT)/manifests/recipes/*.json))), or name a file of yours, with its .json)
endif
FEATURES := $(DATA)/features/$(basename $(notdir $(RECIPE_FILE))).parquet

.PHONY: dataset

dataset: $(RECORDINGS) $(SEGMENTS) $(FEATURES) ## Make the tables; with no settings, from a corpus made by formula.

$(eval $(call stage,make-corpus,$(CORPUS_FOLDER),,--out $(CORPUS_FOLDER) $(CORPUS)))

$(eval $(call stage,ingest-audio,$(DATA)/recordings/gtzan.parquet,$(SOURCES_MADE) $(wildcard $(GTZAN)) $(wildcard $(MANIFEST)),--root $(AUDIO_ROOT) --source gtzan $(if $(AUDIO_MANIFEST),--manifest $(AUDIO_MANIFEST)) --out $(DATA)/recordings/gtzan.parquet $(TOLERANCE)))

$(eval $(call stage,ingest-msd,$(DATA)/recordings/msd.parquet,$(SOURCES_MADE) $(wildcard $(MSD)),--root $(SONG_ROOT) --out-recordings $(DATA)/recordings/msd.parquet --out-segments $(DATA)/segments/msd.parquet $(TOLERANCE)))

$(eval $(call stage,ingest-images,$(DATA)/recordings/pictures.parquet,$(wildcard $(PICTURES)),--root $(PICTURES) --source pictures --out $(DATA)/recordings/pictures.parquet $(TOLERANCE)))

$(eval $(call stage,extract-features,$(FEATURES),$(RECORDINGS) $(SEGMENTS) $(RECIPE_FILE),$(RECORDINGS:%=--recordings %) $(SEGMENTS:%=--segments %) $(if $(AUDIO_ROOT),--root gtzan=$(AUDIO_ROOT)) $(if $(PICTURES),--root pictures=$(PICTURES)) --recipe $(RECIPE_FILE) --out $(FEATURES) $(TOLERANCE)))

# Tables of other sources, from an earlier run, must not be taken for part of this one's.
OTHERS = $(filter-out $(RECORDINGS) $(SEGMENTS),$(wildcard $(addprefix $(DATA)/,recordings/gtzan.parquet recordings/msd.parquet recordings/pictures.parquet segments/msd.parquet)))
$(RECORDINGS): | only-these-sources
.PHONY: only-these-sources
only-these-sources:
	@for t in $(OTHERS); do \
	  aside=$(DATA)/aside/$${t#$(DATA)/}; mkdir -p $$(dirname $$aside) && mv $$t $$aside; \
	  echo "make: $$t is of a source that this run does not name: it is now $$aside" >&2; \
	done

# Written together with the recordings.
$(DATA)/segments/msd.parquet: $(DATA)/recordings/msd.parquet
	@test -e $@ || { rm -f $< && $(MAKE) --no-print-directory $<; }

# ---- checks ----------------------------------------------------------------------------------------------------------

test: build ## Build and run all tests.
	@dotnet build $(ROOT)/Pipeline.sln -c Release $(QUIET)
	@mkdir -p $(ARTIFACTS)/tests
	@failed=0; \
	for t in $(TESTS); do \
	  $(ARTIFACTS)/bin/$$t/release/$$t -noLogo -noColor $(TEST_OPTIONS) 2>&1 | tee $(ARTIFACTS)/tests/$$t.log | { grep -v '^Ok, passed' || true; } || failed=1; \
	done; \
	awk '/ Total: [0-9]+, Errors:/ { gsub(/[:,]/, ""); for (i = 1; i < NF; i++) n[$$i] += $$(i + 1) } \
	  END { bad = n["Failed"] + n["Errors"]; printf "%d passed, %d failed, %d skipped\n", n["Total"] - bad - n["Skipped"] - n["Not"], bad, n["Skipped"]; exit bad > 0 || n["Total"] == 0 }' \
	  $(foreach t,$(TESTS),$(ARTIFACTS)/tests/$t.log); \
	exit $$failed

interop: ## Check against DuckDB, hyparquet, PyTables and h5dump, both ways.
	@command -v npm > /dev/null || { echo "make: node and npm are not installed: apt-get install nodejs npm" >&2; exit 1; }
	@cd $(ROOT)/tests/Interop && npm ci --no-audit --no-fund --loglevel error
	@dotnet build $(ROOT)/tests/Interop/Interop.csproj -c Release $(QUIET)
	@rm -rf $(ARTIFACTS)/interop && mkdir -p $(ARTIFACTS)/interop
	@$(ARTIFACTS)/bin/Interop/release/Interop $(ARTIFACTS)/interop
	@cd $(ROOT)/tests/Interop && node selftest.mjs > $(ARTIFACTS)/interop-selftest.log || { cat $(ARTIFACTS)/interop-selftest.log; exit 1; }
	@node $(ROOT)/tests/Interop/compare.mjs $(ARTIFACTS)/interop
	@rm -rf $(ARTIFACTS)/foreign && node $(ROOT)/tests/Interop/foreign.mjs $(ARTIFACTS)/foreign
	@$(ARTIFACTS)/bin/Interop/release/Interop --read $(ARTIFACTS)/foreign
	@rm -rf $(ARTIFACTS)/hdf5 && $(TABLES_PYTHON) $(ROOT)/tests/Interop/hdf5.py make $(ARTIFACTS)/hdf5 $(wildcard $(ROOT)/../shared/data/msd-h5)
	@$(ARTIFACTS)/bin/Interop/release/Interop --hdf5 $(ARTIFACTS)/hdf5
	@$(TABLES_PYTHON) $(ROOT)/tests/Interop/hdf5.py compare $(ARTIFACTS)/hdf5

readme: build ## Write the README's tables, graph and transcripts anew.
	@dotnet build $(ROOT)/tests/Pipeline.Tests -c Release $(QUIET)
	@PIPELINE_UPDATE=1 $(ARTIFACTS)/bin/Pipeline.Tests/release/Pipeline.Tests -noLogo -noColor \
	  -class Pipeline.Tests.GoldenTableTests -class Pipeline.Tests.ReadmeTests -parallel none

bench: ## Run the benchmarks (some minutes, best on a quiet machine).
	@dotnet run --project $(ROOT)/tests/Benchmarks -c Release -- --filter '*'

clean: ## Remove what was built; tables and models stay.
	@rm -rf $(BIN) $(ARTIFACTS) $(ROOT)/tests/Interop/node_modules

# ---- help ------------------------------------------------------------------------------------------------------------

define graph
make-corpus   --> audio folders, MSD .h5 files, label files

audio folders --> ingest-audio --+
MSD .h5 files --> ingest-msd   --+--> recordings, segments --> export-h5
pictures      --> ingest-images -+         |
                                           v
Tagtraum, Top-MAGD -------------> unify-labels --> labels
                                           |
                                           v
                                split --> splits
                                           |
                                           v
                                balance --> examples
                                           |
                                           v
                                extract-features --> features
                                           |
                                           v
                                train --> model/ --> evaluate --> report/
                                           |
                                           +--> predict, serve, export-onnx
endef
export graph

help:
	@echo "usage: make TARGET [VARIABLE=VALUE ...]"
	@echo
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(ROOT)/Makefile
	@echo
	@echo "the stages of this version:"
	@echo $(STAGES) | fold -s -w 76 | sed 's/^/  /'
	@echo
	@echo "the stages, from sources to genres:"
	@echo
	@echo "$$graph"
