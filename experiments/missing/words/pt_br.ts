import type { Words } from "./en.ts";

/** Textos da página sobre células sem valor. */
export const words: Words = {
  name: "Células sem valor",
  asked: "Que células não têm valor, e importa como são preenchidas?",
  title: "Células sem valor",
  description:
    "Onde células não têm valor, quão bem métodos devolvem células escondidas, e como seus grupos diferem.",
  heading: "Células sem valor",
  question:
    "Que células não têm valor, em que colunas faltam juntas, e o que os métodos fazem delas?",
  methods: {
    "column-mean": "médias das colunas",
    "column-median": "medianas das colunas",
    "complete-rows": "linhas completas",
    "mean-imputation": "imputação pela média",
    "median-imputation": "imputação pela mediana",
    "k-pod": "k-POD",
  },
  method: (compared, clusters, seeds, share) => `
Os métodos são comparados em ${compared} linhas, na escala em que os modelos trabalham. O k-means fez
${clusters} grupos: das linhas completas apenas, às quais as outras foram depois atribuídas; de todas as
linhas, com lacunas preenchidas pela média ou mediana de sua coluna; e, como faz o k-POD, por distâncias
sobre as células que têm valor. Ele preenche uma célula com a média de seu grupo.

Com cada uma de ${seeds} sementes, ${share} das células com valor foram escondidas, cada uma com a mesma
chance; células a que falta o valor por alguma razão podem ser mais difíceis. O erro é a raiz da
diferença quadrática média entre o que um método preenche e o que foi escondido, em desvios padrão da
coluna: a média de uma coluna erra por cerca de 1.

Os intervalos são de Student sobre as sementes, a 95%, para esta tabela: o que outras linhas dariam,
eles não dizem. Os métodos enfrentam as mesmas células e inícios; as diferenças são tomadas semente a
semente.
`,
  fromClasses: "O número de grupos é o das classes.",
  findingGaps: (share, complete, rows) =>
    `${share} das células não têm valor; ${complete} de ${rows} linhas têm todas as suas.`,
  findingMost: (column, share) =>
    `A coluna com mais lacunas é ${column}: ${share} de suas células.`,
  findingTogether: (columns, rows) =>
    `As colunas a que mais vezes faltam células juntas: ${columns} (linhas: ${rows}).`,
  findingBest: (method, error, low, high) =>
    `Células escondidas são mais bem devolvidas por ${method}, com um erro de ${error} desvios (intervalo de 95% de ${low} a ${high}).`,
  findingLevel: (methods) => `Não se mostra diferença em relação a isso para ${methods}.`,
  findingWorse: (method, error) =>
    `Os mais distantes são os valores de ${method}, com um erro de ${error}.`,
  findingNotHidden: "Nenhuma coluna tem células com valor bastantes para que se escondam algumas.",
  findingFails:
    "O método das linhas completas falha com alguma semente: linhas completas são poucas demais.",
  findingApart: (one, other, agreement, low, high) =>
    `Os grupos mais diferem entre ${one} e ${other}: ARI ${agreement} (intervalo de 95% de ${low} a ${high}), menos que o de cada método consigo entre sementes.`,
  findingAlike: (agreement, low, high) =>
    `Não se mostra que os grupos difiram mais entre métodos que entre sementes de um método: menor ARI ${agreement} (intervalo de 95% de ${low} a ${high}).`,
  findingClasses: (method, ari, low, high) =>
    `Os grupos de ${method} são os que mais concordam com as classes: ARI ${ari} (intervalo de 95% de ${low} a ${high}).`,
  gapsTitle: "Onde faltam valores",
  columnsTitle: "Por coluna",
  patternsTitle: "Colunas a que faltam juntas",
  patternsCaption: (shown, all) => `${shown} de ${all} padrões, os de mais linhas primeiro.`,
  fillsTitle: "Quão bem se devolvem células escondidas",
  errorTitle: "Erro nas células escondidas",
  errorCaption: (hidden) =>
    `Raiz do erro quadrático médio em ${hidden} células escondidas, em desvios padrão da coluna: média sobre as sementes e seu intervalo de 95%.`,
  errorAxis: "erro, em desvios",
  groupsTitle: "Como os grupos diferem",
  agreementTitle: "Concordância dos grupos",
  agreementCaption:
    "ARI entre os grupos de dois métodos, média sobre as sementes; na diagonal, de um método consigo, cada semente e a próxima.",
  classesTitle: "Concordância com as classes",
  classesCaption: "ARI dos grupos com as classes: média sobre as sementes e seu intervalo de 95%.",
  methodAxis: "método",
  columnsLabels: {
    column: "Coluna",
    missing: "Sem valor",
    share: "Parcela",
    columns: "Colunas",
    rows: "Linhas",
    method: "Método",
    error: "Erro",
    low: "95% de",
    high: "95% até",
    behind: "Atrás do melhor",
    behindLow: "Atrás, 95% de",
    behindHigh: "Atrás, 95% até",
    fittedRows: "Linhas ajustadas",
    ari: "ARI",
  },
  headline: (method, error) =>
    `das células não têm valor; as escondidas são mais bem devolvidas por ${method}, com um erro de ${error} desvios`,
  headlineMeans: (error) =>
    `das células não têm valor; não se mostra nada que devolva as escondidas melhor que as médias das colunas, com um erro de ${error} desvios`,
  headlineBare: "das células não têm valor",
  headlineInterval: (low, high) => `intervalo de 95% do erro de ${low} a ${high}`,
  headlineCounted: "contadas no arquivo",
};
