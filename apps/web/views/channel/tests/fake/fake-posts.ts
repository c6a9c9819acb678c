import { shownBlocks } from '@heliogram/content';
import type { AttachmentView, PostView } from '../../../../bridge/contract/log.ts';

export interface Picture {
  readonly url: string;
  readonly thumbnailUrl: string;
  readonly width: number;
  readonly height: number;
  readonly blur: string;
  readonly size: number;
}

export interface Material {
  readonly lines: readonly string[];
  readonly pictures: readonly Picture[];
}

export const owner = { accountId: 'ab'.repeat(16), name: 'Leila Haddad' };

const arabic = [
  'صباح الخير. صدرت اليوم النسخة **الجديدة** من التطبيق، وفيها قراءة دون اتصال.',
  'الشمس تشرق على الصحراء كل يوم، ولا أحد يكتب عنها شيئًا. هذه صورة من أمس.',
  'اقتباس اليوم:\n> من جدّ وجد، ومن زرع حصد.\nما رأيكم؟ #أمثال',
];

/** The posts of a channel, made as they are asked for: the same seq is always the same post. */
export class FakePosts {
  readonly count: number;
  readonly #material: Material;
  readonly #from: number;
  readonly #known = new Map<number, PostView>();
  readonly #mine: boolean;

  constructor(material: Material, of: { count: number; now: number; mine: boolean }) {
    this.#material = material;
    this.count = of.count;
    this.#from = of.now - of.count * 11 * 60_000;
    this.#mine = of.mine;
  }

  at(seq: number): PostView {
    const known = this.#known.get(seq) ?? this.#make(seq);
    this.#known.set(seq, known);
    return known;
  }

  put(post: PostView): void {
    this.#known.set(post.seq, post);
  }

  text(seq: number): string {
    const { lines } = this.#material;
    return (lines[(seq * 7) % Math.max(1, lines.length)] ?? `Post ${seq}`).replace(
      /^\[[^\]]*\] /,
      '',
    );
  }

  #make(seq: number): PostView {
    const text = this.#textOf(seq);
    const base: PostView = {
      seq,
      sentAt: this.#from + seq * 11 * 60_000 - (seq % 3 === 0 ? 0 : 9 * 60_000),
      deleted: false,
      text,
      blocks: text === '' ? [] : shownBlocks(text),
      attachments: this.#attachments(seq),
      silent: seq % 19 === 0,
      pinned: seq % 40 === 5,
      views: 1_200 + ((seq * 37) % 900),
      reactions: seq % 4 === 0 ? reactions(seq) : [],
      unsupported: false,
      ...(this.#mine ? { author: owner } : {}),
      ...(seq % 9 === 0 ? { editedAt: this.#from + seq * 11 * 60_000 + 60_000 } : {}),
    };
    return { ...base, ...this.#special(seq) };
  }

  #special(seq: number): Partial<PostView> {
    switch (seq % 40) {
      case 3:
        return {
          replyTo: {
            seq: Math.max(1, seq - 2),
            preview: { kind: 'text', text: this.text(Math.max(1, seq - 2)), at: 0 },
          },
        };
      case 7:
        return {
          forwardedFrom: {
            conversationId: 'cd'.repeat(16),
            seq: 12,
            title: 'Ubuntu Weekly News',
            open: { username: 'ubuntu_weekly' },
          },
        };
      case 11:
        return { deleted: true, text: '', blocks: [], attachments: [] };
      case 15:
        return { takenDownReason: 'spam', text: '', blocks: [], attachments: [] };
      case 19:
        return { note: { kind: 'pinned', seq: seq - 14 }, text: '', blocks: [], attachments: [] };
      case 23:
        return { unsupported: true, text: '', blocks: [] };
      case 27:
        return {
          link: {
            href: 'https://ubuntuforums.org/showthread.php?t=1180170',
            host: 'ubuntuforums.org',
            path: '/showthread.php?t=1180170',
          },
        };
      default:
        return {};
    }
  }

  #textOf(seq: number): string {
    switch (seq % 20) {
      case 1:
        return '🔥🎉';
      case 2:
        return `**${this.text(seq).slice(0, 24)}** ${this.text(seq + 1)}\n\n> ${this.text(seq + 2)}\n\n${this.text(seq + 3)}`;
      case 4:
        return arabic[seq % 3] ?? '';
      case 6:
        return 'To see what holds the file:\n```sh\nlsof +D /media/usb | sort -k 2 -n\nfuser -vm /media/usb\n```\nThen `umount` it.';
      case 8:
        return `See [the forum](https://ubuntuforums.org/showthread.php?t=1180170) and https://help.ubuntu.com/community/GrubHowto — thanks @lucid and #ubuntu`;
      case 9:
        return `averyveryveryveryveryveryveryverylongwordwithoutanyspaceinitwhatsoever/${'path'.repeat(30)}`;
      case 10:
      case 12:
        return seq % 2 === 0 ? this.text(seq) : '';
      default:
        return seq % 5 === 0
          ? `${this.text(seq)} ${this.text(seq + 1)} ${this.text(seq + 5)}`
          : this.text(seq);
    }
  }

  #attachments(seq: number): readonly AttachmentView[] {
    switch (seq % 20) {
      case 5:
        return [this.#photo(seq)];
      case 10:
        return Array.from({ length: 3 + (seq % 5) }, (_, i) => this.#photo(seq + i));
      case 12:
        return [
          this.#photo(seq),
          { ...this.#photo(seq + 1), kind: 'video', mediaType: 'video/mp4', durationMs: 73_000 },
        ];
      case 14:
        return [
          {
            kind: 'audio',
            name: 'Interview with the gnome-shell team.ogg',
            mediaType: 'audio/ogg',
            size: 4_200_000,
            url: '/fake/sound.ogg',
            durationMs: 184_000,
          },
        ];
      case 16:
        return [
          {
            kind: 'file',
            name: 'ubuntu-10.10-netbook-amd64.iso',
            mediaType: 'application/octet-stream',
            size: 727_000_000,
            url: '/fake/file.bin',
          },
        ];
      default:
        return [];
    }
  }

  #photo(seq: number): AttachmentView {
    const { pictures } = this.#material;
    const picture = pictures[seq % Math.max(1, pictures.length)];
    return {
      kind: 'photo',
      name: `photo-${seq}.jpg`,
      mediaType: 'image/jpeg',
      ...(picture ?? { url: '/fake/none.jpg', size: 10_000, width: 4, height: 3 }),
      ...(seq % 2 === 0 ? { description: 'Dunes at first light' } : {}),
    };
  }
}

function reactions(seq: number): PostView['reactions'] {
  return [
    { emoji: '👍', count: 12 + (seq % 50), mine: seq % 8 === 0 },
    { emoji: '🔥', count: 3, mine: false },
    { emoji: '❤️', count: 1_240, mine: false },
  ].slice(0, 1 + (seq % 3));
}
