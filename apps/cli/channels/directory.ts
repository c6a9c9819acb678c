import { ChannelsService } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { printable, shorten } from '../output/terminal-text.ts';
import { withSession } from '../session/session.ts';
import { channelJson } from './channel-json.ts';

export async function directoryCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const limit = args.number('limit', { min: 1, max: 100 }) ?? 50;
  const offset = args.number('offset', { min: 0, max: 10_000 }) ?? 0;
  const query = args.optionalWord('WORDS') ?? '';
  const { channels } = await withSession(context, ({ call }) =>
    call(ChannelsService.method.listDirectory, { query, offset, limit }),
  );
  out.list(channels, {
    json: channelJson,
    columns: [
      { title: 'CHANNEL', text: ({ username }) => `@${username}` },
      { title: 'TITLE', text: ({ title }) => shorten(printable(title), 32), shrinks: true },
      { title: 'SUBSCRIBERS', text: ({ subscribers }) => String(subscribers), align: 'right' },
      {
        title: 'ABOUT',
        text: ({ description }) => shorten(printable(description), 48),
        shrinks: true,
      },
    ],
    empty: 'No channels found.',
  });
}
