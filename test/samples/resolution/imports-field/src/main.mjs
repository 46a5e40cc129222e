import internal from '#internal';
import kind from '#kind';
import pattern from '#lib/pattern';
import dependency from '#dependency';
result(internal);
result(kind);
result(pattern);
result(dependency);
