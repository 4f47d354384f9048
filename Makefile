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

ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
BIN := $(ROOT)/bin
ARTIFACTS := $(ROOT)/artifacts

ONE_PATH := DATA GTZAN AUDIO MSD PICTURES MANIFEST LISTS GENRES RECIPE
ifneq ($(strip $(foreach v,$(ONE_PATH),$(filter-out 0 1,$(words $($v))))),)
$(error the paths$(foreach v,$(ONE_PATH),$(if $($v), $v='$($v)')) must have no space in them, which make cannot handle)
endif

# Where tables go.
DATA ?= data$(if $(filter-out gtzan-msd,$(SHAPE)),/$(SHAPE))
# What the tables are made of. With none of the first four, a small corpus of synthesised music is made and used.
#   GTZAN: a folder of class folders with GTZAN's sound files. AUDIO: one with any other sound files.
#   MSD: a folder of song files of the Million Song Dataset.
#   PICTURES: a folder of class folders with pictures of spectrograms (PNG).
#   TAGTRAUM, TOPMAGD, MASD: files of genres for the songs; several with spaces between them.
GTZAN ?=
AUDIO ?=
MSD ?=
PICTURES ?=
TAGTRAUM ?=
TOPMAGD ?=
MASD ?=
# What is known of the published collection: checksums, artists and faults of its files; which file is for training and
# which for the test. For a folder of your own, MANIFEST= says that there is no such list.
MANIFEST ?= $(if $(GTZAN),$(ROOT)/manifests/gtzan.csv)
IS_GTZAN = $(filter $(ROOT)/manifests/gtzan.csv,$(abspath $(MANIFEST)))
LISTS ?= $(if $(IS_GTZAN),$(ROOT)/manifests/gtzan-fault-filtered)
# Which genre of a source is which, and the set of genres to end with: a column of that file. Class folders of your own keep
# their names, unless you name a file.
GENRES ?= $(if $(TAGTRAUM)$(TOPMAGD)$(MASD)$(IS_GTZAN)$(filter gtzan-msd,$(SHAPE)),$(ROOT)/manifests/genres.csv)
SET ?= $(if $(GENRES),$(if $(SONG_ROOT),common,gtzan-10))
# What features are computed, and of what: a recipe of manifests/recipes, or a file of your own.
RECIPE ?= $(if $(GTZAN)$(AUDIO)$(MSD),top-n,$(if $(PICTURES),picture,top-n))
# Which corpus is made where nothing is named, as the recipe says (bin/make-corpus --help).
SHAPE ?= $(if $(GTZAN)$(AUDIO)$(MSD)$(PICTURES),,$(or $(CORPUS_OF_RECIPE),gtzan-msd))
# Into how many parts the long work is divided, each a process of its own, and what every stage's command is started with,
# such as nice or srun. Neither changes what is written.
SHARDS ?= 1
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

RECIPE_FILE := $(if $(findstring /,$(RECIPE))$(filter %.json,$(RECIPE)),$(RECIPE),$(ROOT)/manifests/recipes/$(RECIPE).json)
ifeq ($(wildcard $(RECIPE_FILE)),)
$(error there is no recipe '$(RECIPE)'; there are $(basename $(notdir $(wildcard $(ROOT)/manifests/recipes/*.json))), or name a file of yours, with its .json)
endif
RECIPE_NAME := $(basename $(notdir $(RECIPE_FILE)))
CORPUS_OF_RECIPE := $(shell sed -n 's/^ *"corpus": *"\([^"]*\)".*/\1/p' $(RECIPE_FILE))
SHAPE := $(SHAPE)
ifneq ($(and $(SHAPE),$(GTZAN)$(AUDIO)$(MSD)$(PICTURES)),)
$(error SHAPE=$(SHAPE) is a corpus that is made where no data is named: leave it out, or GTZAN=, AUDIO=, MSD= and PICTURES=)
endif
DATA := $(DATA)

ifneq ($(wildcard $(DATA)),)
ifeq ($(wildcard $(DATA)/.),)
$(error DATA=$(DATA) is a file: name a folder, which may be new)
endif
endif

ifeq ($(MSD),)
ifneq ($(TAGTRAUM)$(TOPMAGD)$(MASD),)
$(error TAGTRAUM, TOPMAGD and MASD tell the genres of song files: name their folder as well, with MSD=)
endif
endif

ifneq ($(PICTURES),)
ifneq ($(GTZAN)$(AUDIO)$(MSD),)
$(error pictures and sound have no features in common: use PICTURES=$(PICTURES) by itself, with a DATA= of its own)
endif
endif

ifneq ($(and $(GTZAN),$(AUDIO)),)
$(error GTZAN= is for GTZAN and AUDIO= for any other music in class folders: name one of them, or put both into one folder)
endif

# Of what a recipe's features are computed shows where the data is named.
ofPictures := $(shell grep -l '"representation": *"picture"' $(wildcard $(ROOT)/manifests/recipes/*.json) $(filter-out $(ROOT)/manifests/recipes/%,$(RECIPE_FILE)))
ifneq ($(and $(PICTURES)$(filter pictures,$(SHAPE)),$(filter-out $(ofPictures),$(RECIPE_FILE))),)
$(error the recipe '$(RECIPE)' computes its features of sound, and $(if $(PICTURES),PICTURES= names,SHAPE=pictures has) pictures; recipes of pictures are $(basename $(notdir $(ofPictures))))
endif
ifneq ($(and $(GTZAN)$(AUDIO)$(MSD)$(filter-out pictures,$(SHAPE)),$(filter $(ofPictures),$(RECIPE_FILE))),)
$(error the recipe '$(RECIPE)' is of pictures: name a folder of them with PICTURES=, or take another recipe)
endif

# The music itself is not where tables go.
ifneq ($(if $(wildcard $(DATA)/.stamps),,$(wildcard $(DATA)/*/*.wav $(DATA)/*/*.au $(DATA)/*/*.mp3 $(DATA)/*/*.flac $(DATA)/*/*.ogg $(DATA)/*/*.png)),)
$(error DATA=$(DATA) is a folder of class folders: it says where tables go. Name music with AUDIO=$(DATA), pictures with PICTURES=$(DATA), and give the tables a folder of their own)
endif

# ---- the rule of a stage ---------------------------------------------------------------------------------------------
#
#   $(eval $(call stage,NAME,TARGETS,INPUTS,OPTIONS))
#
# makes the files TARGETS with the stage NAME. NAME in capitals, with _ for -, is the command to run, and with _OPTIONS after
# it what is put behind its options. The targets depend on the inputs, on the stage's program, and on the resolved command
# line, which is noted in a stamp when they are made: a changed option or a swapped program rebuilds what follows from it
# and nothing else, however old the program is. Looking (make help, make -n) changes nothing.
#
#   $(eval $(call sharded,NAME,TARGETS,INPUTS,OPTIONS))
#
# is the same for a stage that has --shard. With SHARDS=4 it is run four times, with a part of the work each, and the parts
# of each target, which its name in OPTIONS is replaced by, are merged to what one run would have written.

upper = $(shell printf '%s' '$1' | tr 'a-z-' 'A-Z_')
# Text that comes out of a recipe's expansion unchanged, dollars and all.
literal = $(subst $$,$$$$,$1)
same = $(if $(subst x$1,,x$2)$(subst x$2,,x$1),,yes)
# Whether make only prints what it would do.
dry = $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))

# A stage of the pipeline's own is known by the content of its program and libraries; another by the files in its
# command, so that both ./mine.sh and python3 mine.py are followed.
program = $(if $(filter $(BIN)/%,$(firstword $1)),$(addprefix $(BIN)/.id/,$(filter $(notdir $(firstword $1)),$(STAGES))),$(wildcard $1))

# Runs a stage: STAGE_COMMAND, begun with LAUNCH, makes STAGE_TARGETS. The targets are removed first (folders are not, and have
# to be newer), and what counts is that they are there afterwards: a launcher whose machine was lost may say that all went well.
# Tables of an earlier run stay where the stage fails or is interrupted.
define RUN_STAGE
program=$${STAGE_COMMAND%% *}
set -- $$STAGE_TARGETS
stop() { echo "make: $$1" >&2; exit 1; }
if ! command -v $$program > /dev/null; then
  [ ! -f $$program ] || stop "$$STAGE_VARIABLE: '$$program' may not be run: chmod +x $$program"
  stop "$$STAGE_VARIABLE: there is no program '$$program': set $$STAGE_VARIABLE to a program of yours"
fi
case $${LAUNCH%% *} in
  '' | *=*) ;;
  *) command -v $${LAUNCH%% *} > /dev/null || stop "LAUNCH: there is no program '$${LAUNCH%% *}'" ;;
esac
mkdir -p $$(dirname $$STAGE_STAMP "$$@")
if command -v flock > /dev/null; then
  exec 9> $$STAGE_STAMP.lock
  # Any other failure than 1 is that of a file system without locks.
  flock -n 9 || [ $$? -ne 1 ] || stop "another make is making $$1: wait for it, or give this one a DATA= of its own"
fi
trap 'for t; do [ ! -e $$t.kept ] || if [ $$made ]; then rm -f $$t.kept; else mv -f $$t.kept $$t; fi; done' EXIT
made=
for t; do [ ! -f $$t ] || mv -f $$t $$t.kept; done
echo "$${LAUNCH:+$$LAUNCH }$$STAGE_COMMAND"
for try in 1 2 3; do
  for t; do [ -d $$t ] || rm -f $$t; done
  touch $$STAGE_STAMP.began
  eval "$$LAUNCH $$STAGE_COMMAND"
  missing=
  for t; do if [ -d $$t ]; then [ $$t -nt $$STAGE_STAMP.began ]; else [ -e $$t ]; fi || missing="$$missing $$t"; done
  if [ -z "$$missing" ]; then
    made=yes
    rm -f $$STAGE_STAMP.began
    printf '%s' "$$STAGE_COMMAND" > $$STAGE_STAMP  # no line's end: make 4.3 does not always read it away
    exit 0
  fi
  echo "make: $$STAGE_NAME ended well and did not write$$missing (attempt $$try of 3)" >&2
done
exit 1
endef
export RUN_STAGE LAUNCH

define stage
$(eval stage-variable := $(call upper,$1))
$(eval $(stage-variable) ?= $(BIN)/$1)
$(eval stage-target := $(firstword $2))
$(eval stage-others := $(wordlist 2,9,$2))
$(eval stage-stamp := $(DATA)/.stamps/$(subst /,_,$(stage-target)))
$(eval stage-command := $(call literal,$($(stage-variable)) $(strip $4 $($(stage-variable)_OPTIONS))))
$(stage-target): export STAGE_NAME = $1
$(stage-target): export STAGE_VARIABLE = $(stage-variable)
$(stage-target): export STAGE_TARGETS = $2
$(stage-target): export STAGE_STAMP = $(stage-stamp)
$(stage-target): export STAGE_COMMAND = $(call literal,$(stage-command))
$(stage-target): $3 $(call program,$($(stage-variable))) $(if $(call same,$(file <$(stage-stamp)),$(stage-command)),,changed-command) $(if $(wildcard $(stage-target)),$(foreach t,$(stage-others),$(if $(wildcard $t),,changed-command)))
	$$(if $$(dry),$$(LAUNCH) $$(STAGE_COMMAND),@eval "$$$$RUN_STAGE")
$(if $(stage-others),$(stage-others): $(if $(dry),|) $(stage-target) ;)

endef

part = $(patsubst $(DATA)/%,$(DATA)/.shards/%,$1)/part-$(shell printf '%05d-of-%05d' $2 $(SHARDS)).parquet
parts = $(foreach i,$(SHARD_INDICES),$(call part,$1,$i))
# Text $1 with each of the targets $2 replaced by its part $3.
in-part = $(if $2,$(call in-part,$(subst $(firstword $2),$(call part,$(firstword $2),$3),$1),$(wordlist 2,9,$2),$3),$1)

# The segments beside recordings are merged with a look at those.
merged = $(call stage,merge,$1,$(call parts,$1) $2,--out $1 $(addprefix --recordings ,$2) $(call parts,$1))

define divided
$(foreach i,$(SHARD_INDICES),$(call stage,$1,$(foreach t,$2,$(call part,$t,$i)),$3,$(call in-part,$4,$2,$i) --shard $i/$(SHARDS)))
$(foreach t,$2,$(call merged,$t,$(filter-out $t,$(firstword $2))))
.SECONDARY: $(foreach t,$2,$(call parts,$t))

endef

sharded = $(if $(filter 1,$(SHARDS)),$(call stage,$1,$2,$3,$4),$(call divided,$1,$2,$3,$4))

ifneq ($(shell test "$(SHARDS)" -ge 1 2> /dev/null && echo yes),yes)
$(error SHARDS is a whole number of at least 1, not '$(SHARDS)')
endif
SHARD_INDICES := $(shell seq 0 $$(($(SHARDS) - 1)))

.PHONY: changed-command

# A misspelt setting would be passed over, and tables be made of something else. Who includes this file has settings of their own.
COMMON_SETTINGS := DATA GTZAN AUDIO MSD PICTURES TAGTRAUM TOPMAGD MASD MANIFEST LISTS GENRES SET RECIPE SHAPE RECIPES LEAK_RECIPE SHARDS LAUNCH READY_TO_RUN TEST_OPTIONS TABLES_PYTHON
SETTINGS = $(COMMON_SETTINGS) $(foreach s,$(STAGES),$(call upper,$s) $(call upper,$s)_OPTIONS)
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
	@dotnet publish $(ROOT)/stages/stages.csproj -c Release $(QUIET) -p:PublishReadyToRun=$(READY_TO_RUN)
	@mkdir -p $(BIN)/.id
	@for s in $(STAGES); do \
	  id=$$(cd $(BIN) && cat $$s.dll Pipeline.*.dll | sha256sum); \
	  [ "$$(cat $(BIN)/.id/$$s 2> /dev/null)" = "$$id" ] || echo "$$id" > $(BIN)/.id/$$s; \
	done
	@touch $@

# Rewritten by the rule above only when the stage's programs have changed: who only looks must not take them for changed.
$(foreach s,$(STAGES),$(BIN)/.id/$s): $(if $(dry),|) $(BIN)/.built ;

.PHONY: help build test readme interop bench clean

build: $(BIN)/.built ## Build every stage into bin/.

# ---- the tables ------------------------------------------------------------------------------------------------------

CORPUS := $(DATA)/corpus
ifneq ($(SHAPE),)
# Where a corpus of each shape has its music, and who made it.
audio-gtzan-msd := gtzan/genres
artists-gtzan-msd := gtzan/artists.csv
audio-gtzan := $(audio-gtzan-msd)
artists-gtzan := $(artists-gtzan-msd)
audio-parts := parts/genres
artists-parts := parts/artists.csv
audio-game-music := songs
artists-game-music := games.csv
audio-regions := regions
artists-regions := composers.csv
artists-pictures := artists.csv
ifeq ($(artists-$(SHAPE)),)
$(error SHAPE=$(SHAPE): there is no built-in corpus of that name; there are gtzan-msd, gtzan, parts, game-music, regions, pictures)
endif
SOURCES_MADE := $(CORPUS)
AUDIO_ROOT := $(addprefix $(CORPUS)/,$(audio-$(SHAPE)))
AUDIO_MANIFEST := $(CORPUS)/$(artists-$(SHAPE))
AUDIO_SOURCE := $(if $(filter gtzan%,$(SHAPE)),gtzan,audio)
PICTURE_ROOT := $(if $(filter pictures,$(SHAPE)),$(CORPUS)/images)
SONG_ROOT := $(if $(filter gtzan-msd,$(SHAPE)),$(CORPUS)/msd)
TAGTRAUM_FILES := $(if $(SONG_ROOT),$(CORPUS)/labels/tagtraum.cls)
TOPMAGD_FILES := $(if $(SONG_ROOT),$(CORPUS)/labels/topmagd.cls)
# It has bad files on purpose, which are many in a small one.
TOLERANCE := --max-failed 0.1
else
SOURCES_MADE :=
AUDIO_ROOT := $(GTZAN)$(AUDIO)
AUDIO_MANIFEST := $(MANIFEST)
AUDIO_SOURCE := $(if $(GTZAN),gtzan,audio)
PICTURE_ROOT := $(PICTURES)
SONG_ROOT := $(MSD)
TAGTRAUM_FILES := $(TAGTRAUM)
TOPMAGD_FILES := $(TOPMAGD)
TOLERANCE :=
endif

ifneq ($(filter train,$(MAKECMDGOALS)),)
ifeq ($(shell grep -c '"network"' $(RECIPE_FILE)),0)
$(error the recipe '$(RECIPE)' has no section "network", which says what to train; recipes that have are $(basename $(notdir $(shell grep -l '"network"' $(ROOT)/manifests/recipes/*.json))))
endif
endif

RECORDINGS := $(if $(AUDIO_ROOT),$(DATA)/recordings/$(AUDIO_SOURCE).parquet) $(if $(SONG_ROOT),$(DATA)/recordings/msd.parquet) $(if $(PICTURE_ROOT),$(DATA)/recordings/pictures.parquet)
SEGMENTS := $(if $(SONG_ROOT),$(DATA)/segments/msd.parquet)
LABELS := $(DATA)/labels.parquet
SPLITS := $(DATA)/splits.parquet
EXAMPLES := $(DATA)/examples/$(RECIPE_NAME).parquet
FEATURES := $(DATA)/features/$(RECIPE_NAME).parquet
REPORTS := $(DATA)/reports

.PHONY: dataset

dataset: $(FEATURES) ## Make the tables; with no settings, from a corpus made by formula.

$(eval $(call stage,make-corpus,$(CORPUS),,$(if $(filter-out gtzan-msd,$(SHAPE)),--shape $(SHAPE)) --out $(CORPUS)))

$(eval $(call stage,ingest-audio,$(DATA)/recordings/$(AUDIO_SOURCE).parquet,$(SOURCES_MADE) $(wildcard $(GTZAN) $(AUDIO)) $(wildcard $(MANIFEST)),--root $(AUDIO_ROOT) --source $(AUDIO_SOURCE) $(if $(AUDIO_MANIFEST),--manifest $(AUDIO_MANIFEST)) --out $(DATA)/recordings/$(AUDIO_SOURCE).parquet $(TOLERANCE)))

$(eval $(call sharded,ingest-msd,$(DATA)/recordings/msd.parquet $(DATA)/segments/msd.parquet,$(SOURCES_MADE) $(wildcard $(MSD)),--root $(SONG_ROOT) --out-recordings $(DATA)/recordings/msd.parquet --out-segments $(DATA)/segments/msd.parquet $(TOLERANCE)))

$(eval $(call stage,ingest-images,$(DATA)/recordings/pictures.parquet,$(SOURCES_MADE) $(wildcard $(PICTURES)) $(wildcard $(MANIFEST)),--root $(PICTURE_ROOT) --source pictures $(if $(AUDIO_MANIFEST),--manifest $(AUDIO_MANIFEST)) --out $(DATA)/recordings/pictures.parquet $(TOLERANCE)))

$(eval $(call stage,unify-labels,$(LABELS),$(RECORDINGS) $(SOURCES_MADE) $(wildcard $(TAGTRAUM) $(TOPMAGD) $(MASD) $(GENRES)),$(RECORDINGS:%=--recordings %) $(TAGTRAUM_FILES:%=--tagtraum %) $(TOPMAGD_FILES:%=--topmagd %) $(MASD:%=--masd %) $(if $(GENRES),--genres $(GENRES) --set $(SET)) --out $(LABELS) --report $(REPORTS)/labels.txt))

$(eval $(call stage,split,$(SPLITS),$(RECORDINGS) $(LABELS) $(wildcard $(LISTS) $(LISTS:%=%/*)),$(RECORDINGS:%=--recordings %) --labels $(LABELS) $(if $(LISTS),--lists $(LISTS)) --out $(SPLITS) --report $(REPORTS)/splits.txt))

$(eval $(call stage,balance,$(EXAMPLES),$(RECORDINGS) $(LABELS) $(SPLITS) $(RECIPE_FILE),$(RECORDINGS:%=--recordings %) --labels $(LABELS) --splits $(SPLITS) --recipe $(RECIPE_FILE) --out $(EXAMPLES) --report $(REPORTS)/balance-$(RECIPE_NAME).txt --picture $(REPORTS)/balance-$(RECIPE_NAME).svg))

$(eval $(call sharded,extract-features,$(FEATURES),$(EXAMPLES) $(RECORDINGS) $(SEGMENTS) $(RECIPE_FILE),--examples $(EXAMPLES) $(RECORDINGS:%=--recordings %) $(SEGMENTS:%=--segments %) $(if $(AUDIO_ROOT),--root $(AUDIO_SOURCE)=$(AUDIO_ROOT)) $(if $(PICTURE_ROOT),--root pictures=$(PICTURE_ROOT)) --recipe $(RECIPE_FILE) --out $(FEATURES) $(TOLERANCE)))

MODEL := $(DATA)/models/$(RECIPE_NAME)

.PHONY: train

train: $(REPORTS)/$(RECIPE_NAME) ## Make what is missing, train a network, and judge it.
	$(if $(dry),,@echo "make: the report is $(REPORTS)/$(RECIPE_NAME)/report.html")

$(eval $(call stage,train,$(MODEL)/model.json,$(FEATURES) $(SPLITS) $(RECIPE_FILE),--features $(FEATURES) --splits $(SPLITS) --recipe $(RECIPE_FILE) --out $(MODEL) --resume))

$(eval $(call stage,evaluate,$(REPORTS)/$(RECIPE_NAME),$(MODEL)/model.json $(FEATURES) $(SPLITS) $(RECORDINGS),--model $(MODEL) --features $(FEATURES) --splits $(SPLITS) $(RECORDINGS:%=--recordings %) --out $(REPORTS)/$(RECIPE_NAME)))

# ---- all recipes, and what a leak is worth ---------------------------------------------------------------------------

# Each on the corpus that it names, or all on the data that is named.
RECIPES ?= top-n top-n-plus game-music regions regions-mlp regions-shallow spectrogram $(if $(SHAPE),spectrogram-png) descriptors mvp mvp-parts mvp-recurrent

.PHONY: recipes leak

ifneq ($(filter recipes,$(MAKECMDGOALS)),)
ifneq ($(filter-out $(wildcard $(ROOT)/manifests/recipes/*.json),$(RECIPES:%=$(ROOT)/manifests/recipes/%.json)),)
$(error RECIPES: there is no recipe $(filter-out $(basename $(notdir $(wildcard $(ROOT)/manifests/recipes/*.json))),$(RECIPES)))
endif
endif

# Under another name a make is not run by make -n.
AGAIN = $(MAKE) --no-print-directory

recipes: $(if $(dry),,$(BIN)/.built) ## Train and judge every recipe, and show how they did.
	@mkdir -p $(REPORTS); \
	printf '%-16s %9s %9s\n' recipe 'tables, s' 'train, s' > $(REPORTS)/recipes.part; \
	for r in $(RECIPES); do \
	  shape=$(if $(SHAPE),$$(sed -n 's/^ *"corpus": *"\([^"]*\)".*/\1/p' $(ROOT)/manifests/recipes/$$r.json)); \
	  data=$(DATA); case $$shape in '' | gtzan-msd) ;; *) data=$(DATA)/$$shape ;; esac; \
	  began=$$SECONDS; $(AGAIN) dataset RECIPE=$$r DATA=$$data $(if $(SHAPE),SHAPE=$${shape:-gtzan-msd}); \
	  made=$$SECONDS; $(AGAIN) train RECIPE=$$r DATA=$$data $(if $(SHAPE),SHAPE=$${shape:-gtzan-msd}); \
	  printf '%-16s %9d %9d  %s\n' $$r $$((made - began)) $$((SECONDS - made)) \
	    "$$(sed -n 's/^  "headline": "\(.*\)",$$/\1/p' $$data/reports/$$r/report.json)" >> $(REPORTS)/recipes.part; \
	done; \
	mv $(REPORTS)/recipes.part $(REPORTS)/recipes.txt; \
	cat $(REPORTS)/recipes.txt

# The same parts of songs, the same network: only what the split keeps together differs. What each network is worth is told by
# music of other artists, which no split can leak.
LEAK := $(DATA)/leak
LEAK_RECIPE ?= mvp-parts

leak: $(if $(dry),,$(BIN)/.built) ## Show what parts of one song in train and test do to a score.
	@mkdir -p $(LEAK); \
	[ $(LEAK)/corpus -nt $(BIN)/.id/make-corpus ] || $(BIN)/make-corpus --shape parts --out $(LEAK)/corpus; \
	[ $(LEAK)/others -nt $(BIN)/.id/make-corpus ] || $(BIN)/make-corpus --shape parts --seed 1 --out $(LEAK)/others; \
	for by in none song artist; do \
	  $(AGAIN) train RECIPE=$(LEAK_RECIPE) AUDIO=$(LEAK)/corpus/parts/genres MANIFEST=$(LEAK)/corpus/parts/artists.csv \
	    SHAPE= GTZAN= MSD= PICTURES= DATA=$(LEAK)/by-$$by SPLIT_OPTIONS="--by $$by" EVALUATE_OPTIONS="--extra $(LEAK)/others/parts/genres"; \
	done; \
	printf '%-28s %14s %14s\n' 'never divided' 'of the test' 'of new artists'; \
	for by in none song artist; do \
	  case $$by in none) what='nothing (parts at random)' ;; *) what="the parts of one $$by" ;; esac; \
	  printf '%-28s' "$$what"; \
	  for part in test extra; do \
	    awk -F , -v part=$$part '$$1 == part && $$2 == "recordings" { n += $$4; right += $$4 * $$5 } END { printf " %12.1f %%", 100 * right / n }' \
	      $(LEAK)/by-$$by/reports/$(LEAK_RECIPE)/sources.csv; \
	  done; \
	  echo; \
	done

# ---- which tables belong to a run ------------------------------------------------------------------------------------

# Tables of other sources, from an earlier run, must not be taken for part of this one's.
OTHERS = $(filter-out $(RECORDINGS) $(SEGMENTS),$(wildcard $(addprefix $(DATA)/,recordings/gtzan.parquet recordings/audio.parquet recordings/msd.parquet recordings/pictures.parquet segments/msd.parquet)))
$(RECORDINGS): | only-these-sources
.PHONY: only-these-sources
only-these-sources:
	$(if $(dry),,@for t in $(OTHERS); do \
	  aside=$(DATA)/aside/$${t#$(DATA)/}; mkdir -p $$(dirname $$aside) && mv $$t $$aside; \
	  echo "make: $$t is of a source that this run does not name: it is now $$aside" >&2; \
	done)

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

interop: ## Check against DuckDB, hyparquet, PyTables, h5dump and ONNX Runtime.
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
	@rm -rf $(ARTIFACTS)/onnx && mkdir -p $(ARTIFACTS)/onnx && $(ARTIFACTS)/bin/Interop/release/Interop --onnx $(ARTIFACTS)/onnx
	@node $(ROOT)/tests/Interop/onnx.mjs $(ARTIFACTS)/onnx

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
                                extract-features --> features --> export-json
                                           |
                                           v
                                train --> model/ --> evaluate --> report/
                                           |
                                           +--> predict, export-onnx
endef
export graph

help:
	@echo "usage: make TARGET [VARIABLE=VALUE ...]"
	@echo
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(ROOT)/Makefile
	@echo
	@echo "the settings, which the head of the Makefile explains:"
	@echo $(COMMON_SETTINGS) | fold -s -w 76 | sed 's/^/  /'
	@echo "  and of every stage SPLIT and SPLIT_OPTIONS, MERGE and MERGE_OPTIONS, ..."
	@echo
	@echo "the stages of this version:"
	@echo $(STAGES) | fold -s -w 76 | sed 's/^/  /'
	@echo
	@echo "the stages, from sources to genres:"
	@echo
	@echo "$$graph"
