/** Stable codes of `ContentError`. Programs may depend on them; messages are for people. */
export type ContentErrorCode =
  | 'content-too-large'
  | 'content-malformed'
  | 'content-not-canonical'
  | 'content-schema'
  | 'content-too-deep'
  | 'content-too-many-parts'
  | 'content-too-many-extensions'
  | 'content-extension-too-large'
  | 'content-invalid-utf8'
  | 'content-field-too-long'
  | 'content-text-too-long'
  | 'content-too-many-attachments'
  | 'content-invalid-attachment'
  | 'content-invalid-forward'
  | 'content-empty'
  | 'content-invalid-uri'
  | 'content-invalid-id';

/**
 * What arrived, or what was about to be sent, is not valid content. A validation error by blame:
 * retrying the same input cannot succeed. No message quotes the content itself.
 */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly blame = 'validation';
  readonly retryable = false;
  readonly code: ContentErrorCode;

  constructor(code: ContentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
