/** Links to what a report has views of. */
import { h, named } from './dom';
import { packageTitle, type Report, requestTitle } from './report';
import { href } from './route';

export const link = (to: string, text: string): HTMLElement => h('a', { href: to }, named(text));

export const moduleLink = ({ data }: Report, index: number): HTMLElement => {
  const { name } = data.modules[index]!;
  return link(href('module', name), name);
};

export const bundleLink = ({ data }: Report, index: number): HTMLElement => {
  const { name } = data.bundles[index]!;
  return link(href('bundle', name), name);
};

export const pageLink = ({ data }: Report, index: number): HTMLElement => {
  const { name } = data.pages[index]!;
  return link(href('page', name), name);
};

export const packageLink = ({ data }: Report, index: number | undefined): HTMLElement => {
  if (index === undefined) return link(href('package'), 'own modules');
  const found = data.packages[index]!;
  return link(href('package', found.directory), packageTitle(found));
};

/** Where a request leads: to its page, else to its module. */
export function requestHref({ data, pageOfRequest }: Report, request: number): string {
  const page = data.pages[pageOfRequest.get(request) ?? -1];
  if (page !== undefined) return href('page', page.name);
  return href('module', data.modules[data.requests[request]!.module]!.name);
}

export const requestLink = (report: Report, request: number): HTMLElement =>
  link(requestHref(report, request), requestTitle(report, request));
