export const _$ = 1, _$0 = 2, $ = 3, async = 4, of = 5, get = 6, undefined_ = 7, π = 8;
