/** What stands before the commands in the manual. */
export const introduction = `
# The command line

\`npx heliogram COMMAND …\` from the repository root. This page is generated from the commands'
declarations; \`heliogram help\` and \`heliogram COMMAND --help\` say the same.

**Flags** may stand before or after the command's words; \`--flag=value\` works too, and \`--\` ends them.

- \`--json\`: one JSON object a line on stdout and nothing else there. Fields are camelCase, times RFC 3339 in
  UTC, ids lower-case hex, texts exactly as typed. A failure is \`{"error":{"code","message"}}\` on stderr; its
  codes are in [errors.md](../protocol/errors.md).
- \`--profile DIR\`: one device's keys and store. Default: \`$HELIOGRAM_PROFILE\`, or else
  \`$XDG_DATA_HOME/heliogram\`, or else \`~/.local/share/heliogram\`. Any number of processes may use one profile
  at once. Its files are readable by their owner only; whoever copies them is the device.

**Status** is 0 when all was done, 1 after a failure, 2 after wrong usage.

**CHAT** is a conversation id or the \`@username\` of a channel. An invite link looks like
\`https://host/#+TOKEN\`.

**An entry** is \`{"conversationId","seq","id","sentAt","editedAt"?,"deleted"?,"author"?,"text","attachments"?,
"forwardedFrom"?,"views"?,"note"?}\`. \`id\` is the content's id, also of what is deleted; it is empty for notes and for what a moderator withholds. \`author\`
is \`{"accountId","name","username"?}\`, of signed posts only; an attachment is \`{"name","mediaType","size"}\`;
\`forwardedFrom\` is \`{"conversationId","seq","title"}\`; a note is \`{"kind":"renamed","title"}\` or
\`{"kind":"pinned"|"unpinned","seq"}\`. What a moderator withholds has \`"takenDown"\` with the reason and an
empty text.

**The outbox.** A post is kept on disk before it is sent and is sent with the same bytes until the server has
it, so it is in the channel once, whatever is killed in between. A process that ends earlier leaves it to the
next command of the profile. Posting the same text, in the same channel, within an hour of an attempt whose
result nobody saw, takes that attempt up instead of posting twice: after a crash, feed \`post --stdin\` again
from the line after the last one that was acknowledged.

**Not in this version:** \`group\`, \`send\`, \`report\` and \`secret\` come with private conversations.
`;
