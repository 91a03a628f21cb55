/** Leaves for the sign-in page with the way back; a whole page load, so that nothing of the old session stays in memory. */
export function leaveForSignIn(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?callbackUrl=${encodeURIComponent(here)}&ended`);
}

export function leaveForEnrolment(): void {
  window.location.assign("/sign-in/second-factor");
}

export function leaveForPasswordChange(): void {
  window.location.assign("/change-password");
}
