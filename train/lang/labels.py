# SPDX-License-Identifier: Apache-2.0
"""Names of what the event reader's heads tell apart (the model file carries them), and the name corpora that differ in their rules."""
EVENT_ROLES = ["none", "source", "target", "place", "when", "content", "condition"]
STATUS = ["actual", "historical", "future", "hypothetical"]
PLOVER = ["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
          "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "CONCEDE"]
TRIGGERS = ["O"] + [p + "-" + t for t in PLOVER for p in ("B", "I")]
# the first stands for all that follow the rules of Universal NER
NAME_SOURCES = ["alike", "gmb", "crossner", "wikigold", "re3d", "meantime", "gum"]
