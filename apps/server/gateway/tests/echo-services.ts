import { create, type DescMethod, type DescService, type Message } from '@bufbuild/protobuf';
import {
  AccountsService,
  AdminService,
  ChannelsService,
  LogService,
  MediaService,
  ServerService,
} from '@heliogram/protocol';
import type { BoundService, CallContext } from '../service.ts';

const contract: readonly DescService[] = [
  AccountsService,
  AdminService,
  ChannelsService,
  LogService,
  MediaService,
  ServerService,
];

export type Seen = {
  readonly method: string;
  readonly request: Message;
  readonly context: CallContext;
};

export const nameOf = (method: DescMethod): string => `${method.parent.typeName}/${method.name}`;

export const everyMethod: readonly DescMethod[] = contract.flatMap(({ methods }) => methods);

/** Every service of the contract, each method answering emptily and telling that it ran. */
export function echoServices(seen: Seen[], run: (seen: Seen) => unknown = () => ({})) {
  return contract.map(
    (service): BoundService => ({
      service,
      handlers: Object.fromEntries(
        service.methods.map((method) => [
          method.localName,
          async (request: Message, context: CallContext) => {
            const call = { method: nameOf(method), request, context };
            seen.push(call);
            return create(method.output, { ...((await run(call)) as object) });
          },
        ]),
      ),
    }),
  );
}
