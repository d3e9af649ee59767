import type { Words } from "./en.ts";

/** Textos da página sobre a tabela. */
export const words: Words = {
  name: "Tabela",
  asked: "O que há na tabela?",
  description: "As colunas, linhas e classes da tabela que foi dada, e o que pode atrapalhar.",
  question:
    "Quais colunas existem, em que intervalo e com quantas lacunas, quais colunas e linhas são iguais e quantas linhas cada classe tem?",
  method: `
Todos os números são calculados das células como estão no arquivo; células sem valor não entram na
conta. Colunas e linhas contam como cópias se são iguais em todas as células; duas células sem valor
são iguais entre si. Uma correlação é calculada sobre as linhas em que ambas as colunas têm valor.
`,
  rowsText: (count, one) => `${count} ${one ? "linha" : "linhas"}`,
  columnsText: (count, one) => `${count} ${one ? "coluna" : "colunas"}`,
  firstColumnsText: (count) => `as primeiras ${count} colunas`,
  imagesText: (count, one) => `${count} ${one ? "imagem" : "imagens"}`,
  findingSize: (name, rows, columns) => `${name}: ${rows}, ${columns} de números.`,
  findingImages: (name, images, width, height, colour) =>
    `${name}: ${images} de ${width} × ${height} pixels, ${colour}.`,
  colours: { grey: "em cinza", colour: "em cores" },
  findingDrawn: (rows, all) => `Linhas sorteadas do arquivo: ${rows} de ${all}.`,
  findingWhole: "Todas as células têm valor.",
  findingMissing: (share, columns, all) => `Células sem valor: ${share}, em ${columns} de ${all}.`,
  lessThan: (share) => `menos de ${share}`,
  findingConstant: (columns) =>
    `Colunas com um único valor: ${columns}. Elas não distinguem linhas.`,
  findingConstantPixels: (pixels) => `Pixels que são iguais em todas as imagens: ${pixels}.`,
  findingCopied: (columns) =>
    `Colunas que são cópias de uma anterior: ${columns}. Com elas, uma matriz de covariância completa não tem inversa.`,
  findingRepeated: (rows, share) =>
    `Linhas que são iguais a uma anterior: ${rows} (${share}). Linhas repetidas fazem os grupos parecerem mais compactos, e os testes mais seguros, do que são.`,
  findingRepeatedImages: (images, share) =>
    `Imagens que são iguais a uma anterior: ${images} (${share}). Imagens repetidas fazem os grupos parecerem mais compactos, e os testes mais seguros, do que são.`,
  findingDistinct: "Não há duas linhas iguais.",
  findingDistinctImages: "Não há duas imagens iguais.",
  findingCorrelated: (columns, least, pairs, rows, strongest) =>
    `Entre ${columns}, pares com uma correlação de pelo menos ${least} em valor absoluto: ${pairs}, em ${rows}; a mais forte é ${strongest}. Tais pares tornam difícil estimar covariâncias.`,
  correlatedPair: (first, second, value) => `${first} com ${second} (${value})`,
  findingUncorrelated: (columns, least, rows) =>
    `Entre ${columns}, não há duas com uma correlação de pelo menos ${least} em valor absoluto, em ${rows}.`,
  findingOmitted: (columns) =>
    `Colunas deixadas de fora porque as suas células não são números: ${columns}.`,
  findingClasses: (classes, smallest, smallestNames, largest, largestNames) =>
    `Número de classes: ${classes}, de ${smallest} (${smallestNames}) a ${largest} (${largestNames}).`,
  findingClassesEqual: (classes, rows, one) =>
    `Número de classes: ${classes}, ${one ? "com" : "cada uma com"} ${rows}.`,
  classNamed: (name) => `classe ${name}`,
  classesText: (count) => `${count} classes`,
  columnsTitle: "As colunas",
  columnsIntro: (listed, all) =>
    `Estas são as primeiras ${listed} de ${all}; a tabela de quartis abrange todas.`,
  columnsLabels: {
    name: "Coluna",
    missing: "Sem valor",
    missingShare: "Proporção",
    distinct: "Distintos",
    min: "Menor",
    mean: "Média",
    max: "Maior",
    deviation: "Desvio padrão",
  },
  histogramsTitle: "Como os valores se distribuem",
  histogramsCaption: (bins) =>
    `Células de cada coluna em ${bins} faixas de igual largura, do menor ao maior valor; a barra mais alta de cada uma tem a altura da figura.`,
  histogramAlt: (name, low, high) => `Histograma de ${name}, de ${low} a ${high}`,
  bin: (number) => `Faixa ${number}`,
  spreadTitle: "Todas as colunas em resumo",
  spreadCaption: "Quartis sobre todas as colunas: cada número é o de uma delas.",
  statistic: "Estatística",
  statistics: {
    missing: "Proporção sem valor",
    mean: "Média",
    deviation: "Desvio padrão",
  },
  quartiles: {
    least: "O menor",
    lower: "Primeiro quartil",
    middle: "Mediana",
    upper: "Terceiro quartil",
    most: "O maior",
  },
  copiesTitle: "Colunas que nada acrescentam",
  copiesColumns: { name: "Coluna", what: "O que é" },
  isConstant: "igual em todas as linhas",
  isCopy: (of) => `igual a ${of}`,
  repeatedTitle: "Linhas que são iguais",
  repeatedColumns: { rows: "Linhas", first: "As primeiras delas" },
  rowName: (row, id) => id === null ? row : `${row} (${id})`,
  repeatedIntro:
    "As linhas são numeradas a partir de 0, como em rows.csv; os seus ids estão entre parênteses.",
  correlationsTitle: "Colunas fortemente correlacionadas",
  correlationsColumns: {
    first: "Coluna",
    second: "Outra coluna",
    correlation: "Correlação",
    low: "95% de",
    high: "95% até",
    rows: "Linhas",
  },
  omittedTitle: "Colunas deixadas de fora",
  omittedColumns: { name: "Coluna", reason: "Motivo" },
  reasons: {
    text: "as suas células são texto",
    date: "as suas células são datas",
    nested: "as suas células são listas ou objetos",
    empty: "nenhuma célula tem valor",
    identifier: "os seus números inteiros são grandes demais para a aritmética exata",
  },
  someOf: (shown, all) => `Mostradas aqui: ${shown} de ${all}.`,
  imagesTitle: "Algumas das imagens",
  imagesCaption: "Imagens sorteadas, classe por classe onde há rótulos.",
  imagesAlt: (label) => `Imagem de ${label}`,
  imageLabel: "uma imagem",
  classesTitle: "As classes",
  classesCaption: "Número de linhas de cada classe, a maior primeiro.",
  classColumn: "Classe",
  rowsColumn: "Linhas",
  shareColumn: "Proporção das linhas",
  classesX: "número de linhas",
  headline: (isOneRow, columns, cells) =>
    `${isOneRow ? "linha" : "linhas"} de ${columns}; células sem valor: ${cells}`,
  headlineImages: (isOne, width, height) =>
    `${isOne ? "imagem" : "imagens"} de ${width} × ${height} pixels`,
};
