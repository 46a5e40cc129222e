const dash = 'dash', empty = 'empty', proto = 'proto', quoted = 'quoted', newline = 'newline';
export { dash as 'a-b', empty as '', proto as '__proto__', quoted as '\'"`', newline as 'new\nline' };
