"""One settings file; everything that differs between places comes from the environment.

A setting that a live place needs and does not find is named in the error, so that the person who
installs it can mend it. docs/operate.md lists every one.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from saidanddone.core.pool import check

ROOT = Path(__file__).resolve().parent.parent
KIND = os.environ.get("SAID_KIND", "live")  # live, demo (./run) or test (./test)
LIVE = KIND == "live"
if KIND not in {"live", "demo", "test"}:
    raise ImproperlyConfigured(f"SAID_KIND is {KIND!r}: it may be live, demo or test.")


def env(name: str, otherwise: str | None = None) -> str:
    """A setting of this place; a live place must give every one that has no safe default."""
    value = os.environ.get(name, otherwise)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment: docs/operate.md says how.")
    return value


def database(address: str, *, role: str = "", pooled: bool = False) -> dict:
    """Django's form of postgresql://user:password@host:port/name?option=value.

    A role is set as the connection opens, so that nothing is done before it or steps out of it.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    # jit: compiling a page’s many small joins takes longer than asking them.
    options["options"] = "-c pgtrigger.ignore={} -c TimeZone=UTC -c jit=off"
    if role:
        options["options"] += f" -c role={role}"
    if pooled:
        # After five seconds it begins to try anew, or it would answer "away" long after a restart.
        times = {"timeout": 5, "reconnect_timeout": 5}
        options["pool"] = {"min_size": 1, "max_size": 8, "check": check, **times}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


# ------------------------------------------------------------------ this place
SECRET_KEY = env("SECRET_KEY", None if LIVE else "demonstration-only-" + "x" * 40)
AUDIT_KEY = env("SAID_AUDIT_KEY", None if LIVE else "demonstration-only-audit-key")
IDENTITY_KEY = env("SAID_IDENTITY_KEY", None if LIVE else "demonstration-only-identity-key")
ADDRESS_KEY = env("SAID_ADDRESS_KEY", None if LIVE else "demonstration-only-address-key")
SITE_ADDRESS = env("SAID_ADDRESS", None if LIVE else "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = ["*"] if not LIVE else [urlsplit(SITE_ADDRESS).hostname or ""]
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
DATA = Path(env("SAID_DATA", None if LIVE else str(ROOT / ".data")))
DEMO = KIND == "demo"
DEBUG = False  # never: an error page that shows the machine has no place beside children's words

# Two roles: one owns the tables and migrates, the other serves people. The product wears the second
# one whoever logs in, so that it cannot run as the owner by mistake.
DATABASE_URL = env(
    "DATABASE_URL", None if LIVE else "postgresql://said_runtime@/said?host=/nowhere"
)
RUNTIME_ROLE = env("SAID_RUNTIME_ROLE", "said_runtime")
DATABASES = {
    "default": database(DATABASE_URL, role=RUNTIME_ROLE, pooled=os.environ.get("SAID_POOL") == "1")
}
OWNER_DATABASE = database(os.environ.get("DATABASE_OWNER_URL", DATABASE_URL))

# ------------------------------------------------------------------ the house
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "saidanddone.core",
    "saidanddone.audit",
    "saidanddone.mail",
    "saidanddone.ui",
    "saidanddone.reference",
    "saidanddone.people",
    "saidanddone.library",
    "saidanddone.governance",
    "saidanddone.events",
    "saidanddone.participation",
    "saidanddone.earlyhelp",
    "saidanddone.bulletin",
    "saidanddone.home",
    *(["saidanddone.dev"] if not LIVE else []),
]
MIDDLEWARE = [
    "saidanddone.core.middleware.RequestLog",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "saidanddone.core.middleware.headers_set",
    "saidanddone.ui.failures.Failures",
    "saidanddone.reference.views.partnership_known",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "saidanddone.people.signin.acting_for",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]
ROOT_URLCONF = "saidanddone.urls"
WSGI_APPLICATION = "saidanddone.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS: list[str] = []

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "saidanddone.ui.environment.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "saidanddone.ui.context.everywhere",
            ],
        },
    }
]
FORM_RENDERER = "saidanddone.ui.forms.Renderer"

# ------------------------------------------------------------------ language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# ------------------------------------------------------------------ files
STATIC_URL = "/static/"
STATIC_ROOT = env("SAID_STATIC", str(ROOT / "staticfiles"))
BUCKET = os.environ.get("SAID_BUCKET", "")
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": BUCKET, "querystring_auth": True, "default_acl": "private"},
    }
    if BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    if KIND != "test"
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # the register of a conference: two for each who comes
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "saidanddone.core.uploads.Bounded",
]
UPLOAD_LIMIT = 20_000_000  # bytes of one paper or picture

# ------------------------------------------------------------------ safety
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = LIVE and os.environ.get("SAID_HTTPS_REDIRECT", "1") == "1"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if LIVE else None
SECURE_HSTS_SECONDS = 63_072_000 if LIVE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = LIVE
SECURE_HSTS_PRELOAD = LIVE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LIVE
SESSION_ENGINE = "saidanddone.people.signin"
SESSION_COOKIE_NAME = "said"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60  # absolute, in seconds: access.md T13
IDLE_MINUTES = 60
IDLE_MINUTES_CONFIDENTIAL = 15
CSRF_FAILURE_VIEW = "saidanddone.ui.errors.csrf_failure"

PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    if KIND != "test"
    else ["django.contrib.auth.hashers.MD5PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

CACHES = {
    # Shared by every process on every machine: rate limits must count together.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Public pages only, for a minute, in this process.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# ------------------------------------------------------------------ sign-in
AUTHENTICATION_BACKENDS = ["saidanddone.people.signin.Backend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/my-day/"
ACCOUNT_ADAPTER = "saidanddone.people.signin.Accounts"
SOCIALACCOUNT_ADAPTER = "saidanddone.people.signin.Directories"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # every address is proved by a code or an invitation
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "saidanddone.people.forms.SignIn",
    "request_login_code": "saidanddone.people.forms.AskForCode",
    "confirm_login_code": "saidanddone.people.forms.TypeCode",
    "reauthenticate": "saidanddone.people.forms.PasswordAgain",
    "change_password": "saidanddone.people.forms.ChangePassword",
    "set_password": "saidanddone.people.forms.SetPassword",
    "reset_password": "saidanddone.people.forms.ForgotPassword",
    "confirm_password_reset_code": "saidanddone.people.forms.TypePasswordCode",
    "reset_password_from_key": "saidanddone.people.forms.NewPassword",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60  # a letter may take its time
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets letters because somebody typed their address
ACCOUNT_EMAIL_NOTIFICATIONS = True
# How many proxies of ours stand before the product; a client's own headers are believed by nobody.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("SAID_PROXIES", "1" if LIVE else "0"))
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/m/ip", "request_login_code": "60/m/ip,3/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Said & Done"
MFA_TOTP_TOLERANCE = 1  # the code before and the one after count too: phones' clocks drift
MFA_ADAPTER = "saidanddone.people.signin.SecondSteps"
MFA_FORMS = {
    "authenticate": "saidanddone.people.forms.SecondStep",
    "reauthenticate": "saidanddone.people.forms.SecondStepAgain",
    "activate_totp": "saidanddone.people.forms.AddApp",
    "add_webauthn": "saidanddone.people.forms.AddPasskey",
    "edit_webauthn": "saidanddone.people.forms.NamePasskey",
    "login_webauthn": "saidanddone.people.forms.PasskeyIn",
    "authenticate_webauthn": "saidanddone.people.forms.PasskeyStep",
    "reauthenticate_webauthn": "saidanddone.people.forms.PasskeyAgain",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not LIVE
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, because form-action lets no form lead to another origin
DIRECTORY_IS_STRONG = (
    os.environ.get("SAID_OIDC_STRONG") == "1"
)  # it asks for a second factor itself
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "directory",
                "name": env("SAID_OIDC_NAME", "Your organisation"),
                "client_id": env("SAID_OIDC_CLIENT"),
                "secret": env("SAID_OIDC_SECRET"),
                "settings": {
                    "server_url": env("SAID_OIDC_SERVER"),
                    # the ends of addresses that this directory may vouch for: council.example,…
                    "verified_email": env("SAID_OIDC_DOMAINS").lower().split(","),
                },
            }
        ]
        if os.environ.get("SAID_OIDC_SERVER")
        else [],
    }
}

# ------------------------------------------------------------------ mail
MAIL_FROM = env("SAID_MAIL_FROM", None if LIVE else "Said & Done <no-reply@partnership.example>")
MAIL_HOST = env(
    "SAID_MAIL_HOST", None if LIVE else ""
)  # empty: letters are accepted and only shown
MAIL_PORT = int(env("SAID_MAIL_PORT", "25"))
MAIL_USER = os.environ.get("SAID_MAIL_USER", "")
MAIL_PASSWORD = os.environ.get("SAID_MAIL_PASSWORD", "")
MAIL_TLS = os.environ.get("SAID_MAIL_TLS", "1" if LIVE else "0") == "1"
# Letters are rows that workers hand over (mail). What a library sends past them goes the same way in
# a live place, and nowhere else anywhere.
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL_HOST,
            "port": MAIL_PORT,
            "username": MAIL_USER,
            "password": MAIL_PASSWORD,
            "use_tls": MAIL_TLS,
            "timeout": 10,
        },
    }
    if LIVE
    else {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
}
DEFAULT_FROM_EMAIL = MAIL_FROM

# ------------------------------------------------------------------ jobs, history, logs
PROCRASTINATE_IMPORT_PATHS = [
    "saidanddone.mail.jobs",
    "saidanddone.people.jobs",
    "saidanddone.audit.jobs",
    "saidanddone.library.jobs",
    "saidanddone.governance.jobs",
    "saidanddone.events.jobs",
    "saidanddone.participation.jobs",
    "saidanddone.bulletin.jobs",
    "saidanddone.earlyhelp.jobs",
    *(["saidanddone.dev.jobs"] if not LIVE else []),
]
PGHISTORY_APPEND_ONLY = True
AUDIT_HEADS = DATA / "audit-heads"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "saidanddone.core.logs.Line"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": "INFO" if KIND != "test" else "ERROR"},
    "loggers": {
        # Django's own request log prints addresses, and an address may be somebody's thread code.
        "django.request": {"level": "CRITICAL", "propagate": False},
        "django.security": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
    },
}
