"""Addresses of signing in, one's account, joining, people and organisations.

allauth finds its own pages by name, so their names stay as allauth gave them. Only the pages that
we stand for are here.
"""

from allauth.account import views as doors
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as directories
from allauth.socialaccount.providers.openid_connect import views as directory
from django.urls import path

from saidanddone.people.views import (
    account,
    colleagues,
    joining,
    network,
    organisations,
    proving,
    registers,
)

urlpatterns = [
    path("sign-in/", proving.sign_in, name="account_login"),
    path("sign-in/code/", doors.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", doors.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", steps.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", doors.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/second-step/", steps.reauthenticate, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-in/forgotten/", doors.password_reset, name="account_reset_password"),
    path(
        "sign-in/forgotten/code/",
        doors.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "sign-in/forgotten/new/",
        doors.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "sign-in/forgotten/done/",
        doors.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("sign-in/closed/", doors.account_inactive, name="account_inactive"),
    path(
        "sign-in/with/cancelled/", directories.login_cancelled, name="socialaccount_login_cancelled"
    ),
    path("sign-in/with/<slug:provider_id>/", directory.login, name="openid_connect_login"),
    path(
        "sign-in/with/<slug:provider_id>/back/",
        proving.back_from_directory,
        name="openid_connect_callback",
    ),
    path("sign-out/", doors.logout, name="account_logout"),
    path("sign-in/done/", account.signed_in_again, name="signed-in-again"),
    path("account/", account.account, name="account"),
    path("account/name/", account.change_name, name="change-name"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign-out-everywhere"),
    path("account/password/", doors.password_change, name="account_change_password"),
    path("account/password/set/", proving.set_password, name="account_set_password"),
    path("account/second-factor/", steps.index, name="mfa_index"),
    path("account/second-factor/app/", proving.add_app, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", apps.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", proving.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/download/",
        proving.recovery_codes_as_file,
        name="mfa_download_recovery_codes",
    ),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", proving.add_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("acting-for/", account.acting_for, name="acting-for"),
    path("join/", joining.join, name="join"),
    path("join/code/", joining.join_code, name="join-code"),
    path("join/welcome/", joining.welcome, name="welcome"),
    path("join/<uuid:token>/", joining.invitation, name="invitation"),
    path("network/", network.network, name="network"),
    path("network/me/", network.me, name="network-me"),
    path("network/leave/", network.leave, name="network-leave"),
    path("network/<int:pk>/", network.member, name="member"),
    path("people/", colleagues.people, name="people"),
    path("people/invite/", colleagues.invite, name="invite"),
    path("people/<int:pk>/", colleagues.person, name="person"),
    path("people/<int:pk>/give-post/", colleagues.give_post, name="give-post"),
    path("people/<int:pk>/sign-out/", colleagues.sign_out_person, name="sign-out-person"),
    path("posts/<int:pk>/change/", colleagues.change_post, name="change-post"),
    path("posts/<int:pk>/end/", colleagues.end_post, name="end-post"),
    path("posts/<int:pk>/invite-again/", colleagues.invite_again, name="invite-again"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.add_organisation, name="add-organisation"),
    path("organisations/import/", registers.register_files, name="register-files"),
    path("organisations/import/<int:pk>/", registers.register_file, name="register-file"),
    path("organisations/import/<int:pk>/take/", registers.register_take, name="register-take"),
    path("organisations/import/<int:pk>/undo/", registers.register_undo, name="register-undo"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<int:pk>/change/",
        organisations.change_organisation,
        name="change-organisation",
    ),
    path("organisations/<int:pk>/end/", organisations.end_organisation, name="end-organisation"),
]
