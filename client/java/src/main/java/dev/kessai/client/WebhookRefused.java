package dev.kessai.client;

/** A message that was refused: nothing in it may be believed. */
public final class WebhookRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a message is refused. */
  public enum Reason {
    /** A header is missing, or the body is no event. */
    INCOMPLETE,
    /** No signature of it is of a secret of ours. */
    FORGED,
    /** It is too old, or of the future. */
    STALE,
    /** It was dealt with before: answer it with 200 all the same, so that it is not sent again. */
    REPEATED
  }

  private final Reason reason;

  WebhookRefused(Reason reason) {
    super("kessai: webhook refused: " + reason);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
