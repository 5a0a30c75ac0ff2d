# SPDX-License-Identifier: Apache-2.0
"""Names of what the event reader's heads tell apart; the model file carries them."""
EVENT_ROLES = ["none", "source", "target", "place", "when", "content", "condition"]
STATUS = ["actual", "historical", "future", "hypothetical"]
PLOVER = ["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
          "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "CONCEDE"]
TRIGGERS = ["O"] + [p + "-" + t for t in PLOVER for p in ("B", "I")]
