"""What is known of a text that was sent, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from cannedkit.catalogue.lock import moment
from cannedkit.model.approval import Proof


def fields(proof: Proof) -> dict[str, Any]:
    """Whether a text is proven, why not, which wording it is, who approved that when, and the values in it."""
    approval = proof.approval
    return {
        "format": 1,
        "proven": proof.proven,
        "reason": proof.reason,
        "wording": asdict(proof.wording) if proof.wording else None,
        "approval": {"by": approval.by, "on": moment(approval.on), "note": approval.note, "sha256": approval.digest}
        if approval
        else None,
        "values": dict(proof.values),
        "ambiguous": {name: list(texts) for name, texts in proof.ambiguous.items()},
        "others": [asdict(one) for one in proof.others],
        "differences": [asdict(one) for one in proof.differences],
    }
