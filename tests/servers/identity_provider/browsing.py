"""A person at the real provider, as its own pages ask."""

import httpx2
import pytest


def come_back(address: str, back: str, name: str) -> str:
    """Sign in there; the address by which it sends one back, which begins with `back`."""
    with httpx2.Client(follow_redirects=False) as there:
        answer = there.get(address)
        for _ in range(12):
            if answer.status_code in {302, 303}:
                address = str(answer.next_request.url) if answer.next_request else ""
                if address.startswith(back):
                    return address
                answer = there.get(address)
            else:
                prompt = "login" if 'name="login"' in answer.text else "consent"
                form = {"prompt": prompt, "login": name, "password": "x"}
                answer = there.post(address, data=form)
    pytest.fail(f"the provider never sent back: {answer.text[:500]}")
