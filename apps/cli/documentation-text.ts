/** The introduction of the manual. */
export const introduction = `
# The command line

Run \`npx heliogram COMMAND …\` from the repository root. This page is generated from the declarations of the
commands; \`heliogram help\` and \`heliogram COMMAND --help\` show the same.

**Flags** can stand before or after the words of the command. \`--flag=value\` works too, and \`--\` ends the flags.

- \`--json\`: prints one JSON object per line on stdout and nothing else. Fields are camelCase, times are RFC 3339
  in UTC, ids are lower-case hex, and texts are exactly as typed. An error is \`{"error":{"code","message"}}\` on
  stderr; [errors.md](../protocol/errors.md) lists the codes.
- \`--profile DIR\`: the folder with the keys and data of one device. Default: \`$HELIOGRAM_PROFILE\`, otherwise
  \`$XDG_DATA_HOME/heliogram\`, otherwise \`~/.local/share/heliogram\`. Several processes can use one profile at
  the same time. Only the owner can read its files; anyone who copies them can act as this device.

**Exit status** is 0 after success, 1 after an error and 2 after wrong usage.

**CHAT** is the id of a conversation or the \`@username\` of a channel. An invite link looks like
\`https://host/#+TOKEN\`.

**An entry** is \`{"conversationId","seq","id","sentAt","editedAt"?,"deleted"?,"author"?,"text","attachments"?,
"forwardedFrom"?,"views"?,"note"?}\`. \`id\` is the id of the content, also for deleted posts; it is empty for
notes and for posts that the server operator removed. \`author\` is \`{"accountId","name","username"?}\` and is
present only for signed posts. An attachment is \`{"name","mediaType","size"}\`. \`forwardedFrom\` is
\`{"conversationId","seq","title"}\`. A note is \`{"kind":"renamed","title"}\` or
\`{"kind":"pinned"|"unpinned","seq"}\`. A post that the server operator removed has \`"takenDown"\` with the
reason, and its text is empty.

**The outbox.** The profile saves a post before it sends it, and sends the same bytes until the server has stored
it. So each post appears in the channel once, even if the process is killed. If the process ends earlier, the next
command of the profile sends the post. If you post the same text in the same channel within an hour of an attempt
without an answer, that attempt is continued and nothing is posted twice. After a crash, run \`post --stdin\`
again from the line after the last one that was confirmed.

**Not in this version:** \`group\`, \`send\`, \`report\` and \`secret\` will come with private conversations.
`;
