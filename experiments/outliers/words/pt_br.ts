import type { Words } from "./en.ts";

/** Textos da página sobre linhas anômalas. */
export const words: Words = {
  name: "Anomalias",
  asked: "Quais linhas destoam das outras?",
  description:
    "As linhas que não se ajustam à densidade das outras, e as colunas que as tornam estranhas.",
  question:
    "Quais linhas ficam onde as outras quase nunca estão, quantas ficariam ali por acaso, e quais colunas as tornam estranhas?",
  method: (fitted, rate) => `
Uma densidade foi ajustada a ${fitted} linhas: misturas gaussianas, ponderadas pela verossimilhança
que dão a linhas a que não foram ajustadas. A pontuação de uma linha é menos o logaritmo da densidade
ali, em nats; quanto maior, mais estranha. Nenhuma linha participou da densidade pela qual é pontuada.

Um valor-p é a proporção de linhas comuns que o acaso torna tão estranhas. Ele vale se as linhas comuns
seguem a densidade ajustada: as pontuações de linhas sorteadas dela foram deslocadas e esticadas até a
mediana e o percentil 90 das próprias linhas, e continuadas além do percentil 99 por uma cauda
exponencial, tanto mais pesada quanto menos linhas dizem quanto esticar. Sem essa suposição, um arquivo não pode ser testado contra si mesmo. As
descobertas mantêm a proporção de falsas em ${rate} em média (Benjamini e Hochberg), sob essa densidade: caudas pesadas
contam como anomalias.
`,
  methodForeign: (compared) => `
As linhas do outro arquivo não participaram da densidade. Seus valores-p são conformais: a proporção, entre
${compared} linhas da tabela pontuadas por uma densidade de que não participaram, das que são tão
estranhas. Valem qualquer que seja a densidade.
`,
  methodFilled: (share) => `
Os ${share} das células que não têm valor contam como a mediana de sua coluna. Isso faz as colunas parecerem
mais estreitas do que são, e as linhas com valores nelas mais estranhas: quanto mais células faltam, menos
valem os valores-p.
`,
  methodSpace: (components, share) => `
Há muitas colunas; por isso a densidade é a de ${components} componentes principais, com ${share} da
variância, e da distância até eles. Metade das linhas escolheu os componentes; a outra metade é a da
densidade. A uma coluna se atribui metade da inclinação da pontuação ao longo dela, vezes sua
distância de sua média.
`,
  findingNone: (rows, rate) =>
    `Entre ${rows} linhas, nenhuma é descoberta a uma taxa de falsas descobertas de ${rate}.`,
  findingSome: (count, rows, rate, one) =>
    `${count} de ${rows} linhas ${
      one ? "é descoberta" : "são descobertas"
    } a uma taxa de falsas descobertas de ${rate}, sob a densidade ajustada.`,
  findingOddest: (row, chance) =>
    `A mais estranha é a ${row}; o número de linhas tão estranhas que o acaso dá é, em média, ${chance}.`,
  findingReason: (column, value, low, high, expected) =>
    `Ela se destaca sobretudo em ${column}: ${value}, enquanto 90% das linhas têm de ${low} a ${high}, e se esperaria ${expected} a partir de suas outras colunas.`,
  findingCharged: (column, value, low, high) =>
    `Ela se destaca sobretudo em ${column}: ${value}, enquanto 90% das linhas têm de ${low} a ${high}.`,
  findingForeign: (count, rows, name, one, rate) =>
    `${count} de ${rows} linhas de ${name} ${
      one ? "é descoberta" : "são descobertas"
    } a uma taxa de falsas descobertas de ${rate}, por valores-p conformais.`,
  findingNeeded: (compared, needed) =>
    `Com ${compared} linhas de comparação, não poderia haver menos de ${needed} descobertas: um valor-p nunca é menor que um sobre esse número de linhas mais um.`,
  findingLess: (name, auroc, low, high) =>
    `As linhas de ${name} são menos estranhas que as da tabela: a AUROC de ${auroc} (intervalo de 95% de ${low} a ${high}) fica abaixo de 0,5, como a de linhas a que a densidade foi ajustada.`,
  findingApart: (name, auroc, low, high) =>
    `A pontuação distingue as linhas de ${name} das da tabela com AUROC de ${auroc} (intervalo de 95% de ${low} a ${high}).`,
  findingNotApart: (name, auroc, low, high) =>
    `Nenhuma diferença se mostra entre as pontuações de ${name} e as da tabela: a AUROC de ${auroc} (intervalo de 95% de ${low} a ${high}) inclui 0,5.`,
  rowNamed: (row) => `linha ${row}`,
  ownTitle: "As linhas da tabela",
  coverCaption:
    "Pontuações de anomalia das linhas ao lado das que o acaso dá: quanto mais à direita, mais estranhas.",
  scoresTitle: "Quão estranhas são as linhas",
  scoresCaption: (score, pValue) =>
    `Pontuações das linhas, cada uma por uma densidade de que não participou, ao lado das que o acaso dá: de linhas sorteadas da densidade, deslocadas e esticadas. A linha vertical marca a pontuação a partir da qual há descobertas, ${score}, um valor-p de ${pValue}.`,
  scoresAxis: "pontuação, em nats",
  shareAxis: "proporção das linhas",
  threshold: "descobertas",
  rowsKey: "linhas",
  drawsKey: "por acaso",
  listedTitle: "As linhas mais estranhas",
  reasonsTitle: "O que as torna estranhas",
  reasonsExplanation:
    "Valores como estão no arquivo. Um valor pode estar entre os de outras linhas e ainda assim ser estranho ao lado do resto da sua.",
  picturesTitle: "Como elas são",
  picturesCaption: "As linhas mais estranhas, na ordem da tabela.",
  pictureAlt: (row) => `A imagem da ${row}`,
  pictureScore: (score) => `pontuação ${score}`,
  foreignTitle: "As linhas do outro arquivo",
  foreignScoresTitle: "Os dois arquivos por suas pontuações",
  foreignScoresCaption:
    "Pontuações das linhas dos dois arquivos, nenhuma das quais participou da densidade.",
  foreignListedTitle: "As linhas mais estranhas do outro arquivo",
  foreignReasonsTitle: "O que torna estranhas as do outro arquivo",
  foreignPicturesTitle: "Como são as linhas do outro arquivo",
  columnsLabels: {
    row: "Linha, a partir de 0",
    id: "Id",
    score: "Pontuação",
    pValue: "Valor-p",
    byChance: "Por acaso",
    discovery: "Descoberta",
    column: "Coluna",
    value: "Valor",
    expected: "Esperado",
    low: "5%",
    median: "Mediana",
    high: "95%",
    nats: "Nats",
  },
  binColumns: { from: "De", to: "Até", rows: (name) => `Número: ${name}` },
  yes: "sim",
  no: "não",
  below: (bound) => `< ${bound}`,
  headline: (rows, rate, one) =>
    `de ${rows} linhas ${
      one ? "tida como anomalia" : "tidas como anomalias"
    }, a uma taxa de falsas descobertas de ${rate}`,
  headlineSure: (chance) => `por acaso, no máximo ${chance} em média`,
  headlineNone: "sob a densidade ajustada",
};
