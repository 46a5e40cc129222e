export default function () {}
(result('parenthesis'))
