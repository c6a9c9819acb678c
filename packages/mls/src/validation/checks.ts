import { ValidationError, VerificationError } from '../errors.ts';

/**
 * Every check of RFC 9420 sections 5 to 13 that this package makes: the one place that names it, says
 * where it comes from, and whether its failure is a broken rule or a failed authentication. The
 * mutation test reads this table and takes the checks out one by one.
 */
export const checks = {
  // Section 6: framing
  'message-epoch': ['§6', 'validation', 'The message is of another epoch'],
  'message-group': ['§6', 'validation', 'The message is of another group'],
  'message-sender-exists': ['§6.1', 'validation', 'The sender is not in the group'],
  'message-signature': ['§6.1', 'verification', 'The signature of a message does not verify'],
  'message-sender-type': ['§6', 'validation', 'This kind of sender may not send this content'],
  'message-not-own': ['§6', 'validation', 'The message is our own'],
  'public-membership-tag': ['§6.2', 'verification', 'The membership tag does not verify'],
  'handshake-public': ['§6', 'validation', 'A handshake message came encrypted'],
  'public-no-application': ['§6.2', 'validation', 'Application data came unencrypted'],
  'private-padding-zero': ['§6.3.1', 'validation', 'The padding is not all zero'],
  'private-generation-window': ['§9.1', 'validation', 'The generation is too far ahead or spent'],
  // Section 7.3: leaf nodes
  'leaf-credential': ['§5.3.1', 'validation', 'The credential is not accepted for this key'],
  'leaf-credential-supported': ['§7.3', 'validation', 'A member does not support a credential'],
  'leaf-signature': ['§7.3', 'verification', 'The signature of a leaf node does not verify'],
  'leaf-required-capabilities': ['§7.3', 'validation', 'A leaf lacks a required capability'],
  'leaf-capabilities-count': ['§7.2', 'validation', 'A leaf lists too many capabilities'],
  'leaf-extensions-listed': ['§7.3', 'validation', 'A leaf has an extension it does not support'],
  'leaf-extensions-unique': ['§13.4', 'validation', 'A leaf repeats an extension'],
  'leaf-lifetime': ['§7.3', 'validation', 'The lifetime of a leaf node is over or not begun'],
  'leaf-lifetime-length': ['§7.2', 'validation', 'The lifetime of a leaf node is too long'],
  'leaf-source': ['§7.3', 'validation', 'A leaf node has the wrong source for its place'],
  'leaf-key-changed': ['§7.3', 'validation', 'An update keeps its encryption key'],
  'leaf-encryption-key': ['§7.3', 'validation', 'A leaf has an unusable encryption key'],
  'leaf-signature-key': ['§7.3', 'validation', 'A leaf has an unusable signature key'],
  'leaf-signature-key-unique': ['§7.3', 'validation', 'Two leaves have one signature key'],
  'tree-encryption-keys-unique': ['§7.3', 'validation', 'Two nodes have one encryption key'],
  'leaf-group-extensions': ['§13.4', 'validation', 'A leaf lacks an extension of the group'],
  // Section 10.1: key packages
  'key-package-version': ['§10.1', 'validation', 'A key package is of another version'],
  'key-package-suite': ['§10.1', 'validation', 'A key package is of another cipher suite'],
  'key-package-signature': ['§10.1', 'verification', 'A key package signature does not verify'],
  'key-package-init-key': ['§10.1', 'validation', 'The init key equals the encryption key'],
  'key-package-init-key-usable': ['§10.1', 'validation', 'A key package has an unusable init key'],
  'key-package-extensions-listed': ['§10', 'validation', 'A client does not support its extension'],
  'key-package-extensions-unique': ['§13.4', 'validation', 'A key package repeats an extension'],
  // Sections 7.9 and 12.4.3.1: trees
  'tree-hash': ['§12.4.3.1', 'validation', 'The tree does not have the announced hash'],
  'tree-parent-hash': ['§7.9.2', 'validation', 'A parent node is not bound to its subtree'],
  'tree-unmerged-leaves': ['§12.4.3.1', 'validation', 'A list of unmerged leaves is invalid'],
  'tree-encryption-key': ['§12.4.3.1', 'validation', 'A parent has an unusable encryption key'],
  'tree-size': ['§12.4.3.1', 'validation', 'The group exceeds the size limit'],
  // Sections 12.1 and 12.2: proposals
  'add-already-member': ['§12.2', 'validation', 'An added client is a member already'],
  'add-duplicate': ['§12.2', 'validation', 'A client is added twice'],
  'update-sender': ['§12.1.2', 'validation', 'An update does not come from a member'],
  'update-by-committer': ['§12.2', 'validation', 'A commit holds an update of its committer'],
  'remove-exists': ['§12.1.3', 'validation', 'The removed leaf is blank'],
  'remove-committer': ['§12.2', 'validation', 'A commit removes its committer'],
  'leaf-changed-once': ['§12.2', 'validation', 'A leaf is updated or removed twice'],
  'psk-nonce-length': ['§12.1.4', 'validation', 'A PSK nonce has the wrong length'],
  'psk-usage': ['§12.1.4', 'validation', 'A resumption PSK has a usage not allowed here'],
  'psk-duplicate': ['§12.2', 'validation', 'A PSK is used twice'],
  'psk-count': ['§8.4', 'validation', 'A commit or welcome holds too many PSKs'],
  'psk-known': ['§8.4', 'validation', 'A PSK is not known here'],
  'reinit-version': ['§12.1.5', 'validation', 'A reinit lowers the protocol version'],
  'reinit-alone': ['§12.2', 'validation', 'A reinit stands beside other proposals'],
  'external-init-in-member-commit': ['§12.2', 'validation', 'A member commits an external init'],
  'group-extensions-once': ['§12.2', 'validation', 'The group extensions are replaced twice'],
  'group-extensions-unique': ['§13.4', 'validation', 'The group context repeats an extension'],
  'proposal-supported': ['§12.2', 'validation', 'A member does not support a proposal type'],
  'external-proposal-type': ['§12.1.8', 'validation', 'Outsiders may not propose this'],
  'external-sender-listed': ['§12.1.8.1', 'validation', 'The external sender is not listed'],
  'new-member-proposal-add': ['§12.1.8', 'validation', 'A new member may propose only its own add'],
  // Section 12.4: commits
  'commit-proposal-known': ['§12.4.2', 'validation', 'A commit refers to an unknown proposal'],
  'commit-proposal-count': ['§12.4', 'validation', 'A commit holds too many proposals'],
  'proposal-pending-count': ['§12.1', 'validation', 'Too many proposals wait for a commit'],
  'commit-path-required': ['§12.4', 'validation', 'A commit lacks the path it must have'],
  'commit-path-length': ['§7.5', 'validation', 'An update path has the wrong number of nodes'],
  'commit-path-ciphertexts': ['§7.6', 'validation', 'An update path encrypts to the wrong number'],
  'commit-path-parent-hash': ['§12.4.2', 'validation', 'An update path breaks the parent hashes'],
  'commit-path-keys': ['§12.4.2', 'validation', 'An update path has an unusable key'],
  'commit-path-secret': ['§12.4.2', 'verification', 'A path secret does not give the public keys'],
  'commit-confirmation-tag': ['§12.4.2', 'verification', 'The confirmation tag does not verify'],
  'external-commit-init': ['§12.2', 'validation', 'An external commit needs one external init'],
  'external-commit-remove': ['§12.2', 'validation', 'An external commit removes another client'],
  'external-commit-proposals': ['§12.2', 'validation', 'An external commit holds other proposals'],
  'external-commit-by-value': ['§12.2', 'validation', 'An external commit refers to proposals'],
  // Section 12.4.3: joining
  'welcome-suite': ['§12.4.3.1', 'validation', 'The welcome is of another cipher suite'],
  'welcome-for-us': ['§12.4.3.1', 'validation', 'The welcome is not for this key package'],
  'welcome-psk-usage': ['§12.4.3.1', 'validation', 'The resumption PSKs of a welcome are invalid'],
  'welcome-reinit': ['§11.2', 'validation', 'The new group is not what the reinit announced'],
  'welcome-group-new': ['§12.4.3.1', 'validation', 'We are in a group of this id already'],
  'welcome-own-leaf': ['§12.4.3.1', 'validation', 'The tree does not hold our leaf'],
  'welcome-path-secret': ['§12.4.3.1', 'verification', 'The path secret does not give the keys'],
  'group-info-suite': ['§12.4.3.1', 'validation', 'The group info is of another cipher suite'],
  'group-info-version': ['§12.4.3.1', 'validation', 'The group info is of another version'],
  'group-info-signer': ['§12.4.3.1', 'validation', 'The signer of a group info is not a member'],
  'group-info-signature': ['§12.4.3.1', 'verification', 'A group info signature does not verify'],
  'group-info-confirmation-tag': ['§12.4.3.1', 'verification', 'The confirmation tag is wrong'],
} as const satisfies Record<string, readonly [string, 'validation' | 'verification', string]>;

export type CheckName = keyof typeof checks;

/** Throws the named check's error, whose `code` is the name, unless it holds. */
export function check(name: CheckName, holds: boolean): asserts holds {
  if (!holds) throw failureOf(name);
}

/** The error of a named check, for what is found out by a failure rather than by a condition. */
export function failureOf(name: CheckName): ValidationError | VerificationError {
  const [section, blame, message] = checks[name];
  const text = `${message} (RFC 9420 ${section})`;
  return blame === 'validation'
    ? new ValidationError(name, text)
    : new VerificationError(name, text);
}
