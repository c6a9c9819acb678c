import {
  mayTryUsername,
  tidyUsername,
  type UsernameState,
} from '../../view-models/username-check.ts';

/** What is written in a channel's form. */
export interface ChannelDraft {
  readonly title: string;
  readonly description: string;
  readonly username: string;
  readonly unlisted: boolean;
}

export type ChannelFault = 'titleMissing' | 'titleLong' | 'descriptionLong';

const maxTitle = 128;
const maxDescription = 1_000;

export function faultsOf({ title, description }: ChannelDraft): {
  readonly title: ChannelFault | undefined;
  readonly description: ChannelFault | undefined;
} {
  return {
    title: titleFault(title.trim()),
    description: [...description].length > maxDescription ? 'descriptionLong' : undefined,
  };
}

function titleFault(title: string): ChannelFault | undefined {
  if (title === '') return 'titleMissing';
  return [...title].length > maxTitle ? 'titleLong' : undefined;
}

/** Whether it can be sent as it stands. */
export function isSendable(draft: ChannelDraft, check: UsernameState): boolean {
  const { title, description } = faultsOf(draft);
  const named = mayTryUsername(check);
  return !title && !description && (draft.unlisted || named);
}

/** As it is sent: tidy, and without a name where there is none. */
export function tidyDraft(draft: ChannelDraft): ChannelDraft {
  return {
    title: draft.title.trim(),
    description: draft.description.trim(),
    username: draft.unlisted ? '' : tidyUsername(draft.username),
    unlisted: draft.unlisted,
  };
}
