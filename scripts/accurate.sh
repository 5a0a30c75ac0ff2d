#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The model of the accurate tier where the built command finds it: beside it in build/. Says how it is made where there is none.
cd "$(dirname "$0")/.." || exit 1
if [ ! -f models/accurate.dgm ]; then
    echo "models/accurate.dgm is not there. Put it there, or train it: train/README.md, \"The accurate tier\" (some hours of one core)" >&2
    exit 1
fi
if [ -d build ]; then
    ln -sfn ../models/accurate.dgm build/accurate.dgm || exit 1
fi
echo "models/accurate.dgm is there: dragoman code --tier accurate FILE, or DRAGOMAN_TIER=accurate; make install takes it along"
