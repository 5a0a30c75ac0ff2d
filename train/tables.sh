#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes every generated table of lexicon/ again: train/tables.sh DATA [INTO]  (what `make tables DATA=../shared/data` calls)
#
# DATA   the folder described in train/README.md
# INTO   the folder that gets lexicon/world and lexicon/en (default: this checkout)
set -eu
data=$(cd "${1:?usage: tables.sh DATA [INTO]}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
into=${2:-$here/..}
mkdir -p "$into/lexicon/world" "$into/lexicon/en"
cd "$into"
python3 "$here/actors/states.py" "$data"
python3 "$here/actors/roles.py" "$data"
python3 "$here/actors/orgs.py" "$data"
python3 "$here/actors/persons.py" "$data"
python3 "$here/places/make_countries.py" "$data" >lexicon/world/gazetteer_countries.tsv
python3 "$here/places/make_gazetteer.py" "$data" >lexicon/world/gazetteer.tsv
python3 "$here/places/make_towns.py" "$data" lexicon/world/gazetteer.tsv >lexicon/world/gazetteer_towns.tsv
