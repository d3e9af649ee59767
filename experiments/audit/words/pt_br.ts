import type { Words } from "./en.ts";

/** Textos da página sobre defeitos de uma tabela. */
export const words: Words = {
  name: "Auditoria",
  asked: "Quais linhas e colunas parecem erradas?",
  description:
    "Rótulos, linhas e colunas da tabela que parecem errados, cada um com sua evidência.",
  question:
    "Quais rótulos parecem errados, quais linhas se repetem, a ordem das linhas importa, e quais colunas mudaram ou são identificadores?",
  checks: {
    labels: "rótulos que parecem errados",
    groups: "grupos em que a rede falha",
    duplicates: "linhas repetidas",
    order: "uma ordem das linhas que importa",
    rareClasses: "classes raras",
    identifiers: "identificadores entre as colunas",
    emptyRows: "linhas sem nenhum valor",
    drift: "colunas que diferem no segundo arquivo",
  },
  findingSuspects: (count, share) =>
    `Rótulos que parecem errados, pois outro tem probabilidade de ao menos 90%: ${count} (${share} das linhas).`,
  findingAccuracy: (accuracy, interval, right, rows, largest) =>
    `Treinada com outras linhas, uma rede prevê o rótulo de uma linha em ${accuracy} dos casos (intervalo de 95% ${interval}; ${right} de ${rows}); a classe mais frequente tem ${largest} das linhas.`,
  findingUnlearned:
    "Não se mostrou que isso é melhor que adivinhar, por isso nenhum rótulo é dado como errado: as colunas talvez não distingam as classes.",
  findingGroups: (failing, clusters, label, failures, rows, elsewhere) =>
    `Grupos em que a rede erra mais do que fora deles: ${failing} de ${clusters}. O primeiro é sobretudo da classe ${label}, com ${failures} de ${rows} linhas erradas (fora dele, ${elsewhere}).`,
  findingIdentical: (count, rows, relabelled) =>
    `Linhas iguais a uma anterior: ${count} de ${rows} sem lacunas${relabelled}.`,
  findingNear: (count, relabelled) =>
    `Pares de linhas que diferem, mas estão muito mais próximas que o usual: ${count}${relabelled}.`,
  relabelled: (count) => ` (com outro rótulo: ${count})`,
  findingOrder: (distance, expected, pValue) =>
    `A ordem das linhas não parece aleatória: as mais parecidas com uma linha estão em média a ${distance} linhas dela, e estariam a ${expected} em ordem aleatória (valor-p ${pValue}).`,
  findingSorted: "As linhas de cada classe estão juntas no arquivo, o que é uma das razões disso.",
  findingHalves: (names) =>
    `Colunas com outra distribuição na segunda metade do arquivo: ${names}.`,
  findingDrift: (file, moved, columns, names) =>
    `Colunas com outra distribuição em ${file}: ${moved} de ${columns}, a saber ${names}.`,
  findingDriftMost: (file, moved, columns, names) =>
    `Colunas com outra distribuição em ${file}: ${moved} de ${columns}, sobretudo ${names}.`,
  findingRare: (names) => `Classes com poucas linhas: ${names}.`,
  nameAndRows: (name, rows) => `classe ${name} (linhas: ${rows})`,
  more: (count) => `mais ${count}`,
  findingIdentifiers: (names) =>
    `Colunas que parecem um identificador ou um tempo, que grupos e densidades não deveriam usar: ${names}.`,
  findingEmpty: (count, rows) => `Linhas sem nenhum valor: ${count} de ${rows}.`,
  findingClean: (checks) => `Procurados e não encontrados: ${checks}.`,
  findingNoLabels:
    "Os rótulos não foram examinados: não há nenhum, ou não há duas classes com duas linhas cada.",
  findingNoForeign: "Não foi dado um segundo arquivo com o qual comparar as colunas.",
  method: `
Cada verificação vale por si e aponta linhas e colunas com sua evidência; nenhuma altera os dados. A
tabela diz como cada uma funciona. Uma verificação que nada encontrou diz isso; não prova que não haja
nada a encontrar.
`,
  checksTitle: "As verificações",
  checkColumns: { check: "O que se procurou", found: "Encontrados", method: "Método" },
  howTexts: {
    labels:
      "Aprendizado confiante: uma linha é suspeita se é tão provável que pertença a outra classe quanto é, em média, para as linhas dessa classe, e se pertence a ela com probabilidade de ao menos 90%, segundo uma rede treinada com outras linhas. Onde classes se sobrepõem, um rótulo que parece errado pode estar certo.",
    rareClasses:
      "Menos de um décimo das linhas que cada classe teria se todas tivessem o mesmo número.",
    identifiers:
      "Valores que só sobem ou só descem ao longo do arquivo, ou números inteiros que nunca se repetem, embora números sorteados do seu intervalo se repetissem.",
    emptyRows: "Nenhum valor em nenhuma coluna de números.",
  },
  howGroups: (clusters) =>
    `Grupos por k-means, ${clusters} ao todo, e o teste exato de Fisher com a correção de Holm: se a rede falha por igual em toda parte, a probabilidade de que algum grupo seja apontado é de no máximo 5%.`,
  howNoGroups: "Precisa de rótulos e de 40 linhas.",
  howDuplicates: (rows, dimensions, usual) =>
    `Linhas iguais entre ${rows} sem lacunas, e pares mais próximos que um décimo da distância usual, que em ${dimensions} dimensões é ${usual}, se o salto até a distância seguinte é um que linhas espalhadas por igual mostrariam com probabilidade de no máximo 5%, sobre todas as linhas.`,
  howEqual: (rows, dimensions) =>
    `Linhas iguais entre ${rows} sem lacunas, em ${dimensions} dimensões; para pares que só estão próximos, são necessárias 12 linhas diferentes.`,
  howNoDuplicates: "Precisa de duas linhas sem lacunas.",
  howOrder: (rows, distance, expected, pValue) =>
    `Distância média no arquivo entre cada uma de ${rows} linhas e as dez mais parecidas com ela, ${distance}, contra ${expected} em ordem aleatória; permutações da ordem dão o valor-p ${pValue}.`,
  howNoOrder: "Precisa de 20 linhas.",
  yes: "sim",
  no: "não",
  howDrift: (rows, foreignRows) =>
    `O teste de Kolmogorov–Smirnov por coluna, ${rows} linhas contra ${foreignRows}, com a correção de Holm: se nenhuma coluna difere, a probabilidade de que alguma seja apontada é de no máximo 5%.`,
  howNoDrift: "Precisa de um segundo arquivo.",
  suspectsTitle: "Rótulos que parecem errados",
  rowColumns: { number: "Linha, a partir de 0", id: "Id" },
  suspectColumns: {
    given: "Rótulo dado",
    likely: "Rótulo mais provável",
    givenProbability: "Probabilidade do rótulo dado",
    likelyProbability: "Probabilidade do rótulo mais provável",
  },
  suspectImagesTitle: "As imagens com esses rótulos",
  suspectImagesCaption: "Abaixo de cada imagem, sua linha, o rótulo dado e o rótulo mais provável.",
  imageAlt: (label) => `imagem, ${label}`,
  imageRow: (row) => `linha ${row}`,
  imageLabels: (given, likely) => `${given}, e não ${likely}?`,
  groupsTitle: "Grupos em que a rede falha",
  groupColumns: {
    label: "Classe mais frequente",
    rows: "Linhas",
    failures: "Erradas",
    share: "Proporção de erradas",
    elsewhere: "Proporção de erradas fora dele",
    adjusted: "Valor-p, por Holm",
    apart: "Colunas que mais diferem, com suas médias dentro e fora dele",
    examples: "Algumas das linhas erradas, a partir de 0",
  },
  columnMeans: (column, here, elsewhere) => `${column} ${here} (${elsewhere})`,
  rowAndId: (row, id) => `${row} (${id})`,
  identicalTitle: "Linhas iguais a uma anterior",
  nearTitle: "Linhas muito mais próximas que o usual",
  pairColumns: {
    first: "Linha anterior, a partir de 0",
    firstId: "Id da linha anterior",
    firstLabel: "Rótulo da linha anterior",
    other: "Linha posterior, a partir de 0",
    otherId: "Id da linha posterior",
    otherLabel: "Rótulo da linha posterior",
    apart: "Distância",
    adjusted: "Valor-p, por Holm",
  },
  nearImagesTitle: "As imagens desses pares",
  nearImagesCaption: "Duas imagens lado a lado são um par; abaixo de cada uma está sua linha.",
  orderTitle: "Colunas que diferem entre as metades do arquivo",
  halvesColumns: {
    column: "Coluna",
    distance: "Distância KS",
    adjusted: "Valor-p, por Holm",
    median: "Mediana na primeira metade",
    otherMedian: "Mediana na segunda metade",
  },
  identifiersTitle: "Colunas que parecem identificadores",
  identifierColumns: { column: "Coluna", sign: "Sinal" },
  signs: {
    ascending: "os valores sobem ao longo do arquivo",
    descending: "os valores descem ao longo do arquivo",
    "never-repeated": "números inteiros que nunca se repetem",
  },
  rareTitle: "Classes raras",
  rareColumns: { name: "Classe", rows: "Linhas" },
  emptyTitle: "Linhas sem nenhum valor",
  driftTitle: "Colunas que diferem no segundo arquivo",
  driftColumns: {
    column: "Coluna",
    distance: "Distância KS",
    adjusted: "Valor-p, por Holm",
    median: "Mediana aqui",
    otherMedian: "Mediana no segundo arquivo",
  },
  headline: (checks) => `de ${checks} verificações encontraram algo`,
};
