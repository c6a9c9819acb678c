import { type Setting, variableOf } from './setting.ts';
import { settings } from './settings.ts';

const INTRODUCTION = `# Configuration

Every setting can be a flag of \`heliogram serve\`, an environment variable, or a key of the JSON file that
\`--config FILE\` or \`HELIOGRAM_CONFIG\` names. A flag overrides a variable, a variable overrides the file, and the
file overrides the default. Unknown names are refused with a suggestion. \`heliogram check-config\` shows every
setting, where its value comes from and what is wrong with it. It changes nothing.

\`\`\`json
{
  "data": "/var/lib/heliogram",
  "origins": ["https://chat.example"],
  "trustedProxies": ["127.0.0.1"],
  "registration": "invite"
}
\`\`\`

Written by \`npm run generate\` from \`apps/server/config/settings.ts\`.
`;

/** The page docs/operations/configuration.md. */
export function configDocumentation(): string {
  const sections = Object.values<Setting<unknown>>(settings).map(sectionOf);
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

function sectionOf(setting: Setting<unknown>): string {
  const { name, flag, sentence, reader, defaultText, computeDefault } = setting;
  const shown = computeDefault || defaultText === '' ? defaultText || 'none' : `\`${defaultText}\``;
  return `## ${name}

${sentence}

- flag \`--${flag}\`, variable \`${variableOf(setting)}\`
- value: ${reader.form}
- default: ${shown}
`;
}
