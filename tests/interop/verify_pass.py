"""An independent reader of the pass, after docs/adr/0002-the-pass.md: none of Pratique's own code.

The signature is verified by the PyPI package `cwt`, the sealed part opened and the trust file's JWS verified with
`cryptography`. Reads one JSON object from standard input, {"pass", "trust", "document"?: [number, state, birth date]},
and writes one: {"verified", "header", "claims", "sealed", "fits", "trust_signatures"}. Writes no file.
"""

import base64
import hashlib
import hmac
import json
import sys

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cwt import COSE, COSEKey
from cwt.exceptions import CWTError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ALGORITHMS = {"ES256": -7, "EdDSA": -8}
SEALED = -65537


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def unbase45(text):
    """RFC 9285."""
    out = bytearray()
    for at in range(0, len(text), 3):
        group = [ALPHABET.index(c) for c in text[at : at + 3]]
        value = sum(digit * 45**power for power, digit in enumerate(group))
        out += value.to_bytes(len(group) - 1, "big")
    return bytes(out)


def cose_key(jwk):
    key = {2: unbase64(jwk["kid"]), 3: ALGORITHMS[jwk["alg"]], -2: unbase64(jwk["x"])}
    if jwk["kty"] == "EC":
        return COSEKey.new({**key, 1: 2, -1: 1, -3: unbase64(jwk["y"])})
    return COSEKey.new({**key, 1: 1, -1: 6})


def open_sealed(claim, protected, cti, keys):
    key = next(key for key in keys if key["id"] == claim[0])
    plain = AESGCM(unbase64(key["key"])).decrypt(cti, claim[1:], protected + cti)
    return cbor2.loads(plain), unbase64(key["tag_key"])


def document_tag(tag_key, number, state, birth_date):
    """For a document in capitals and a full birth date; the ADR tells the rest."""
    message = b"".join(p.encode() + b"\0" for p in ["pratique document 1", number, state, birth_date.replace("-", "")[2:]])
    return hmac.new(tag_key, message, hashlib.sha256).digest()[:8]


def signature_holds(jwk, message, signature):
    try:
        if jwk["kty"] == "OKP":
            ed25519.Ed25519PublicKey.from_public_bytes(unbase64(jwk["x"])).verify(signature, message)
            return True
        point = b"\4" + unbase64(jwk["x"]) + unbase64(jwk["y"])
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
        return True
    except InvalidSignature:
        return False


def trust_signatures(trust):
    jws = trust.get("signed", {"signatures": [], "payload": ""})
    keys = {jwk["kid"]: jwk for jwk in trust["keys"]}
    for signature in jws["signatures"]:
        header = json.loads(unbase64(signature["protected"]))
        message = f"{signature['protected']}.{jws['payload']}".encode()
        yield signature_holds(keys[header["kid"]], message, unbase64(signature["signature"]))


def main():
    asked = json.load(sys.stdin)
    trust = asked["trust"]
    envelope = unbase45(asked["pass"].removeprefix("PQ1:"))
    answer = {"trust_signatures": list(trust_signatures(trust))}
    try:
        cose = COSE.new(verify_kid=True)
        header, _, payload = cose.decode_with_headers(envelope, [cose_key(jwk) for jwk in trust["keys"]])
    except (CWTError, ValueError) as error:
        print(json.dumps({**answer, "verified": False, "error": str(error)}))
        return
    claims = cbor2.loads(payload)
    protected = cbor2.loads(envelope).value[0]
    sealed, tag_key = open_sealed(claims[SEALED], protected, claims[7], trust["opening"])
    answer |= {
        "verified": True,
        "header": {label: value.hex() if isinstance(value, bytes) else value for label, value in header.items()},
        "claims": {name: value.hex() if isinstance(value, bytes) else value for name, value in claims.items()},
        "sealed": [sealed[0].hex(), sealed[1], sealed[2].hex()],
        "fits": "document" in asked and document_tag(tag_key, *asked["document"]) == sealed[0],
    }
    print(json.dumps(answer))


main()
