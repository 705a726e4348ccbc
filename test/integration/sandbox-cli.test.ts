import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/run-cli.ts';

interface Place {
  baseUrl: string;
  token: string;
  username: string;
  password: string;
  omsUrl?: string;
  omsToken?: string;
}

async function pageOf(url: string, token: string | undefined): Promise<{ count: number; ids: number[] }> {
  const response = await fetch(url, { headers: { Authorization: `Token ${token}` } });
  const page = (await response.json()) as { count: number; results: { id: number }[] };
  return { count: page.count, ids: page.results.map(({ id }) => id) };
}

describe.concurrent('sandbox', () => {
  it('serves lists as told, signs in with what it prints, and serves OMS beside', async () => {
    const honour = 'sort,modified_date__gte';
    const flags = ['--honour', honour, '--list-order', 'descending', '--max-limit', '3', '--oms'];
    const running = startCli(['sandbox', '--orders', '5', ...flags]);
    const place = JSON.parse(await running.firstLine) as Place;
    const list = `${place.baseUrl}/api/i1/orders/`;
    expect(await pageOf(`${list}?limit=50`, place.token)).toEqual({ count: 8, ids: [1_005, 1_004, 1_003] });
    expect((await pageOf(`${list}?sort=id`, place.token)).ids).toEqual([1, 2, 27]);
    expect((await pageOf(`${list}?modified_date__gte=2030-01-01T00:00:00Z`, place.token)).count).toBe(0);
    const { username, password } = place;
    const signIn = { method: 'POST', body: JSON.stringify({ username, password }) };
    const { key } = (await (await fetch(`${place.baseUrl}/api/v1/auth/login/`, signIn)).json()) as { key: string };
    expect((await pageOf(list, key)).count).toBe(8);
    expect((await pageOf(`${place.omsUrl}/api/v1/oms/orders/`, place.omsToken)).ids.slice(0, 2)).toEqual([
      6_998, 6_997,
    ]);
    running.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  });

  it.each([
    [['--honour', 'sort,modified_date'], '--honour takes sort, modified_date__gte'],
    [['--list-order', 'random'], '--list-order takes one of: ascending, descending, shuffled'],
    [['--max-limit', '0'], '--max-limit needs a whole number from 1'],
  ])('refuses %j', async (args, words) => {
    const run = await runCli(['sandbox', ...args]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(words);
  });
});
