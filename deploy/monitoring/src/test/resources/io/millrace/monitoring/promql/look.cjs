// Reads queries, one as JSON text a line, and tells of each what the grammar and the type rules of Prometheus' own editor
// say of it, which series it asks for, and which labels it groups by.
const {createInterface} = require('node:readline');
const {EditorState} = require('@codemirror/state');
const {LanguageSupport} = require('@codemirror/language');
const {promQLLanguage} = require('@prometheus-io/codemirror-promql');
const {Parser} = require('@prometheus-io/codemirror-promql/dist/cjs/parser');
const {parser: grammar} = require('@prometheus-io/lezer-promql');

const unquoted = text => JSON.parse(text.startsWith("'") ? '"' + text.slice(1, -1) + '"' : text);

function nodes(node, name) {
  const found = [];
  node.cursor().iterate(each => {
    if (each.name === name) {
      found.push(each.node);
    }
  });
  return found;
}

function look(query) {
  const text = node => query.slice(node.from, node.to);
  const parser = new Parser(EditorState.create({doc: query, extensions: new LanguageSupport(promQLLanguage('PromQL'))}));
  // an editor's own tree may be unfinished: it is given some milliseconds only
  parser.tree = grammar.parse(query);
  parser.analyze();
  const root = parser.tree.topNode;
  const problems = parser.getDiagnostics().map(problem => problem.message);
  root.cursor().iterate(each => {
    if (each.type.isError) {
      problems.push('not understood after ' + query.slice(0, each.from));
    }
  });
  const selectors = nodes(root, 'VectorSelector').map(selector => ({
    metric: nodes(selector, 'Identifier').map(text)[0] ?? '',
    matchers: nodes(selector, 'UnquotedLabelMatcher').map(matcher => ({
      label: text(matcher.getChild('LabelName')),
      operator: text(matcher.getChild('MatchOp')),
      value: unquoted(text(matcher.getChild('StringLiteral'))),
    })),
  }));
  const groupings = nodes(root, 'GroupingLabels').map(grouping => ({
    aggregates: grouping.parent.name === 'AggregateModifier',
    from: grouping.parent.parent.from,
    metrics: nodes(grouping.parent.parent, 'VectorSelector').map(selector => nodes(selector, 'Identifier').map(text)[0]),
    labels: nodes(grouping, 'LabelName').map(text),
  }));
  return {problems, selectors, groupings};
}

createInterface({input: process.stdin}).on('line', line => console.log(JSON.stringify(look(JSON.parse(line)))));
