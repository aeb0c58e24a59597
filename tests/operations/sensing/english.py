"""What of a page an English reader cannot read."""

import re

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def unread(client, address, *data):
    """The Chinese on the English page, without `data`: names and words that people or devices
    gave."""
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert main
    for one in sorted(data, key=len, reverse=True):
        main = main.replace(one, "")
    return CHINESE.findall(main)
