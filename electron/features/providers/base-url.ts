import { BlockList, isIP } from 'node:net';
import type { BaseUrlVerdict } from '../../../shared/features/providers/providers.model.ts';

type Subnet = [address: string, prefix: number, family: 'ipv4' | 'ipv6'];

function subnets(...list: Subnet[]): BlockList {
  const block = new BlockList();
  for (const [address, prefix, family] of list) block.addSubnet(address, prefix, family);
  return block;
}

const loopback = subnets(['127.0.0.0', 8, 'ipv4'], ['::1', 128, 'ipv6']);
/** Addresses inside an organisation's own network (RFC 1918, 6598, 4193). */
const inside = subnets(
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
);
/** Link-local (where clouds keep machine credentials), unspecified and multicast: never a provider. */
const never = subnets(
  ['169.254.0.0', 16, 'ipv4'],
  ['0.0.0.0', 8, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  ['::', 128, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
);

const insideNames = /(?:^|\.)(?:local|internal|intranet|lan|home|corp|private|home\.arpa)$/;

type Place = 'this-machine' | 'inside' | 'never' | 'outside';

function placeOf(hostname: string): Place {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const version = isIP(name);
  if (version === 0) {
    if (name === 'localhost' || name.endsWith('.localhost')) return 'this-machine';
    return !name.includes('.') || insideNames.test(name) ? 'inside' : 'outside';
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (loopback.check(name, family)) return 'this-machine';
  if (never.check(name, family)) return 'never';
  return inside.check(name, family) ? 'inside' : 'outside';
}

function refused(reason: string): BaseUrlVerdict {
  return { verdict: 'refused', reason, baseUrl: null, host: null, isUnencrypted: false };
}

/**
 * Judges a provider's address by its text alone: https only, plain http for this machine, no credentials in it,
 * nothing link-local; an address inside a private network needs the user's confirmation.
 */
export function judgeBaseUrl(text: string): BaseUrlVerdict {
  if (!URL.canParse(text.trim())) {
    return refused('This is not an address. It looks like https://api.example.com/v1.');
  }
  const url = new URL(text.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refused('The address must begin with https://.');
  if (url.username !== '' || url.password !== '') {
    return refused('Leave user name and password out of the address; the key has its own field.');
  }
  if (url.search !== '' || url.hash !== '') return refused('The address must end before any ? or #.');
  const place = placeOf(url.hostname);
  if (place === 'never')
    return refused('This address belongs to the machine or the network itself, not to a provider.');
  const isUnencrypted = url.protocol === 'http:';
  if (isUnencrypted && place !== 'this-machine') {
    return refused(
      'Use https:// here: over plain http everybody on the way can read your data and your key.',
    );
  }
  const good = {
    baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    host: url.host,
    isUnencrypted,
  };
  if (place === 'inside') {
    return {
      ...good,
      verdict: 'confirm',
      reason: `${url.hostname} is inside a private network. Is it really your provider?`,
    };
  }
  const reason = isUnencrypted
    ? 'Not encrypted: data and key travel in the clear, but only on this machine.'
    : null;
  return { ...good, verdict: 'fine', reason };
}

/** True when the host of a judged address is this machine. */
export function isThisMachine(baseUrl: string): boolean {
  return placeOf(new URL(baseUrl).hostname) === 'this-machine';
}
