"""AES-256-GCM for single fields and files: a fresh 96-bit nonce, then the ciphertext, its tag."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Sealer:
    """Seals and unseals short texts and whole files with a 32-byte key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str) -> bytes:
        return self.seal_bytes(text.encode()) if text else b""

    def unseal(self, sealed: bytes) -> str:
        """Raises `cryptography.exceptions.InvalidTag` for another key or altered bytes."""
        return self.unseal_bytes(sealed).decode() if sealed else ""

    def seal_bytes(self, raw: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, raw, None)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """Raises `cryptography.exceptions.InvalidTag` as `unseal` does."""
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
