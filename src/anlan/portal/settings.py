"""Settings, from the environment. Without any, the embedded default: SQLite in one process."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from anlan.backbone.home import home

SOURCE = Path(__file__).resolve().parents[1]
HOME = home()


def _secret(name: str, length: int) -> bytes:
    """A secret of this installation, made once and kept readable to its owner only.

    Of two processes that begin at once on a new folder, both find the one that was there first.
    """
    path = HOME / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f"{name}.{os.getpid()}")
        made.write_bytes(secrets.token_bytes(length))
        made.chmod(0o600)
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_bytes()


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            # Its tables lie on a disk without a head to move, and no page is worth compiling for.
            "OPTIONS": {"pool": True, "options": "-c random_page_cost=1.1 -c jit=off"},
        }
    raise ValueError(f"ANLAN_DATABASE_URL: {parts.scheme!r} is neither sqlite nor postgresql")


SECRET_KEY = _secret("session.key", 50).hex()
ANLAN_DATA_KEY = _secret("data.key", 32)
ANLAN_HOME = HOME
ANLAN_STANDING = os.environ.get("ANLAN_STANDING", "Actual")
ANLAN_EXERCISE_NAME = os.environ.get("ANLAN_EXERCISE_NAME", "")
ANLAN_EVENTS_URL = os.environ.get("ANLAN_EVENTS_URL", "")
ANLAN_JOBS_URL = os.environ.get("ANLAN_JOBS_URL", "")
# Readings are kept so many months, 0: for ever; hours and days of them always for ever.
ANLAN_KEEP_MONTHS = int(os.environ.get("ANLAN_KEEP_MONTHS", "0"))
ANLAN_DISTRICT = os.environ.get("ANLAN_DISTRICT", "shapingba")
# MiB of the largest photo, and of the largest document (PDF, DOCX, XLSX), that anybody may send in.
ANLAN_PHOTO_MB = int(os.environ.get("ANLAN_PHOTO_MB", "10"))
ANLAN_DOCUMENT_MB = int(os.environ.get("ANLAN_DOCUMENT_MB", "20"))
# Hosts that feeds may be fetched from although they lie in a private network.
ANLAN_FEED_HOSTS = [h for h in os.environ.get("ANLAN_FEED_HOSTS", "").split(",") if h]
# NAME=mqtt://user:password@host:port/topic/filter, with spaces between.
ANLAN_MQTT_BROKERS = os.environ.get("ANLAN_MQTT_BROKERS", "").split()
# KiB of the longest MQTT packet that a device may send, 4 to 256.
ANLAN_MQTT_PACKET_KB = int(os.environ.get("ANLAN_MQTT_PACKET_KB", "64"))
# The district's video platform (WVP), and the hosts that its streams come from.
ANLAN_WVP_URL = os.environ.get("ANLAN_WVP_URL", "")
# Its access token stands in a file, never in the environment; it is read anew at every question.
ANLAN_WVP_TOKEN_FILE = Path(
    os.environ.get("ANLAN_WVP_TOKEN_FILE", "") or HOME / "secrets" / "wvp.token"
)
# Proxies whose word on the sender's address is taken (addresses or networks, comma between).
ANLAN_PROXIES = os.environ.get("ANLAN_PROXIES", "127.0.0.1")
ANLAN_MEDIA_HOSTS = [h for h in os.environ.get("ANLAN_MEDIA_HOSTS", "").split(",") if h]
ANLAN_PUBLIC_URL = os.environ.get("ANLAN_PUBLIC_URL", "http://127.0.0.1:8000")

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ANLAN_HOSTS", "127.0.0.1,localhost,testserver").split(",")

_url = os.environ.get("ANLAN_DATABASE_URL", "")
DATABASES = {"default": _database(_url or f"sqlite://{HOME / 'anlan.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readings live in a file of their own: a bulk task never delays an acknowledgement.
    DATABASES["readings"] = _database(f"sqlite://{HOME / 'readings.sqlite3'}")
    DATABASE_ROUTERS = ["anlan.portal.routing.ReadingsRouter"]
ANLAN_READINGS_DB = "readings" if "readings" in DATABASES else "default"

APPS = [
    "people", "registers", "messaging", "deadlines", "territory", "resources", "sensing", "safety",
    "risks", "posts", "patrols",
    "checks", "enforcement",
    "hotline", "calls", "chemicals", "accidents", "oversight", "credit", "campaigns", "insurance",
    "responsibilities",
    "statistics",
    "forecasts",
    "alerts", "incidents", "response", "exercises", "assessment", "links", "duty", "drills",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "anlan.portal",
    *(f"anlan.operations.{app}" for app in APPS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "anlan.portal.security.ContentSecurityPolicy",
]
ROOT_URLCONF = "anlan.portal.urls"
ASGI_APPLICATION = "anlan.portal.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "anlan.portal.navigation.frame",
            ],
            "builtins": ["anlan.portal.templatetags.marks", "django.templatetags.i18n"],
        },
    }
]
AUTH_USER_MODEL = "people.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
# Behind TLS (the public address says so) cookies travel over it alone.
OVER_TLS = ANLAN_PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_TLS
SECURE_HSTS_SECONDS = 31536000 if OVER_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OVER_TLS else None
CSRF_TRUSTED_ORIGINS = [ANLAN_PUBLIC_URL]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [path] if (path := SOURCE / "portal" / "static").exists() else []
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a missing folder
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/built/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_AUTOREFRESH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ANLAN_LOG", "WARNING")},
}
