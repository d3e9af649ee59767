import type { Words } from "./en.ts";

/** Textos da página sobre células sem valor. */
export const words: Words = {
  name: "Células sem valor",
  asked: "Quais células não têm valor, e importa como são preenchidas?",
  description:
    "Onde faltam valores, quão bem os métodos recuperam valores escondidos, e como seus grupos diferem.",
  question:
    "Quais células não têm valor, em quais colunas faltam valores ao mesmo tempo, e o que os métodos fazem com isso?",
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
${clusters} grupos: só das linhas completas, aos quais as outras foram depois atribuídas; de todas as
linhas, com lacunas preenchidas pela média ou mediana de sua coluna; e, como faz o k-POD, por distâncias
sobre as células que têm valor. Ele preenche uma célula com a média de seu grupo.

Com cada uma de ${seeds} sementes, ${share} das células com valor foram escondidas, cada uma com a mesma
chance; valores que faltam por alguma razão podem ser mais difíceis de recuperar. O erro é a raiz da
diferença quadrática média entre o que um método preenche e o que foi escondido, em desvios padrão da
coluna: a média de uma coluna erra por cerca de 1.

Os intervalos são os da t de Student sobre as sementes, a 95%, para esta tabela: não dizem o que outras
linhas dariam. Os métodos enfrentam as mesmas células e as mesmas inicializações; por isso, as diferenças são
tomadas semente a semente.
`,
  fromClasses: "O número de grupos é o das classes.",
  findingGaps: (share, complete, rows) =>
    `${share} das células não têm valor; ${complete} de ${rows} linhas têm todas as suas.`,
  findingMost: (column, share) =>
    `A coluna com mais lacunas é ${column}: ${share} de suas células.`,
  findingTogether: (columns, rows) =>
    `As colunas em que mais vezes faltam valores ao mesmo tempo: ${columns} (linhas: ${rows}).`,
  findingBest: (method, error, low, high) =>
    `O menor erro nos valores escondidos é o de ${method}: ${error} desvios padrão (intervalo de 95% de ${low} a ${high}).`,
  findingLevel: (methods) => `Nenhuma diferença em relação a isso é demonstrada para ${methods}.`,
  findingWorse: (method, error) => `O maior erro é o de ${method}: ${error}.`,
  findingNotHidden:
    "Nenhuma coluna tem células com valor em número suficiente para que algumas sejam escondidas.",
  findingFails:
    "O método das linhas completas falha com alguma semente: há poucas linhas completas.",
  findingApart: (one, other, agreement, low, high) =>
    `Os grupos que mais diferem são os de ${one} e de ${other}: ARI ${agreement} (intervalo de 95% de ${low} a ${high}), menor que o de cada método consigo mesmo entre sementes.`,
  findingAlike: (agreement, low, high) =>
    `Não se demonstra que os grupos difiram mais entre métodos do que entre sementes de um método: menor ARI ${agreement} (intervalo de 95% de ${low} a ${high}).`,
  findingClasses: (method, ari, low, high) =>
    `A maior concordância com as classes é a dos grupos de ${method}: ARI ${ari} (intervalo de 95% de ${low} a ${high}).`,
  gapsTitle: "Onde faltam valores",
  columnsTitle: "Por coluna",
  patternsTitle: "Colunas em que faltam valores ao mesmo tempo",
  patternsCaption: (shown, all) => `${shown} de ${all} padrões, primeiro os de mais linhas.`,
  fillsTitle: "Quão bem se recuperam valores escondidos",
  errorTitle: "Erro nos valores escondidos",
  errorCaption: (hidden) =>
    `Raiz do erro quadrático médio em ${hidden} valores escondidos, em desvios padrão da coluna: média sobre as sementes e seu intervalo de 95%.`,
  errorAxis: "erro, em desvios padrão",
  groupsTitle: "Como os grupos diferem",
  agreementTitle: "Concordância dos grupos",
  agreementCaption:
    "ARI entre os grupos de dois métodos, média sobre as sementes; na diagonal, de um método consigo mesmo, cada semente contra a próxima.",
  classesTitle: "Concordância com as classes",
  classesCaption: "ARI dos grupos com as classes: média sobre as sementes e seu intervalo de 95%.",
  methodAxis: "método",
  columnsLabels: {
    column: "Coluna",
    missing: "Sem valor",
    share: "Proporção",
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
    `das células não têm valor; o menor erro em valores escondidos é o de ${method}, ${error} desvios padrão`,
  headlineLevel: (methods) => ` (nenhuma diferença é demonstrada em relação a ${methods})`,
  headlineMeans: (error) =>
    `das células não têm valor; não se demonstra que algum método recupere valores escondidos melhor que as médias das colunas, com um erro de ${error} desvios padrão`,
  headlineBare: "das células não têm valor",
  headlineInterval: (low, high) => `intervalo de 95% do erro de ${low} a ${high}`,
  headlineCounted: "contadas no arquivo",
};
