import type { Words } from "./en.ts";
/** Textos da página sobre entradas ausentes. */
export const words: Words = {
  name: "k-means com pixels ausentes",
  asked: "Dá para agrupar imagens quando faltam muitos dos seus pixels?",
  description: "k-means quando faltam pixels: o algoritmo deduzido ao lado das alternativas.",
  question:
    "Quanto de um agrupamento sobrevive quando faltam pixels ao acaso, e qual maneira de lidar com isso preserva mais?",
  methods: {
    "zero-prior": "média a priori 0",
    "feature-mean-prior": "média a priori por pixel",
    "k-pod": "k-POD",
    "mean-imputation": "imputação pela média",
    "complete-rows": "linhas completas",
  },
  methodMeanings: {
    "zero-prior":
      "O algoritmo deduzido como o exercício pede: um pixel ausente é gaussiano com média 0.",
    "feature-mean-prior": "O mesmo, com a média de cada pixel em vez de 0.",
    "k-pod": "k-POD (Chi, Chi e Baraniuk 2016): distâncias só sobre os pixels observados.",
    "mean-imputation":
      "Pixels ausentes são substituídos pela média do seu pixel, e segue o k-means comum.",
    "complete-rows": "Imagens com um pixel ausente são descartadas, e atribuídas depois.",
  },
  failures: {
    "no-complete-rows": "nenhuma imagem está completa",
    "too-few-complete-rows": "há menos imagens completas que grupos",
  },
  findingAt: (rate, best, ari, worst, worstAri) =>
    `Com ${rate} dos pixels ausentes, toda execução com ${best} fica mais perto do agrupamento dos dados completos do que qualquer execução de outro método (ARI médio ${ari}); a menor média é a de ${worst} (${worstAri}).`,
  findingAtLevel: (rate, best, ari, level, behind) =>
    `Com ${rate} dos pixels ausentes, ${best} tem o maior ARI médio com o agrupamento dos dados completos (${ari}), mas não se demonstra que seja melhor do que ${level}; é melhor em toda execução do que ${behind}.`,
  findingTie: (rate, low, high) =>
    `Com ${rate} dos pixels ausentes, não se demonstra que algum método fique mais perto do agrupamento dos dados completos (ARI médio ${low} a ${high}).`,
  findingFew: (rate, worst, worstAri, best, ari, runs) =>
    `Com ${rate} dos pixels ausentes, o ARI com o agrupamento dos dados completos vai de ${worstAri} (${worst}) a ${ari} (${best}), como média das sementes; elas são poucas (${runs}) para mostrar qual método é melhor.`,
  findingPrior: (rate, zero, mean) =>
    `Importa o que se supõe de um pixel ausente: com ${rate} ausentes, a NMI com as classes é ${zero} com média a priori 0 e ${mean} com a média de cada pixel.`,
  findingPriorOpen: (rate, zero, mean) =>
    `Com ${rate} ausentes, a NMI com as classes é ${zero} com média a priori 0 e ${mean} com a média de cada pixel: nenhuma diferença é demonstrada.`,
  findingPriorFew: (rate, zero, mean) =>
    `Com ${rate} ausentes, a NMI com as classes é ${zero} com média a priori 0 e ${mean} com a média de cada pixel; as sementes são poucas para mostrar que importa o que se supõe de um pixel ausente.`,
  findingSame:
    "A média a priori por pixel e a imputação pela média são o mesmo algoritmo, como diz a dedução: as suas execuções têm os mesmos números em todas as medidas e em todas as taxas.",
  findingFails: (method, rate, reason) =>
    `A partir de ${rate} ausentes, o método “${method}” não forma nenhum agrupamento: ${reason}.`,
  findingFailsSome: (rate, method, failed, runs) =>
    `Até ${rate} ausentes, o método “${method}” não formou nenhum agrupamento em ${failed} de ${runs} execuções: havia poucas imagens completas.`,
  findingComplete: (nmi, ari) =>
    `O agrupamento dos dados completos, com que tudo é comparado, tem NMI ${nmi} e ARI ${ari} com as classes.`,
  findingStarts: (starts, mean, low, high) =>
    `Ele é o de uma inicialização: sem nada ausente, execuções de ${starts} inicializações concordam com ele com ARI médio de ${mean} (de ${low} a ${high}); o que falta ali para 1 se deve só à inicialização.`,
  method: (rows, clusters, comparisons) => `
Pixels de ${rows} imagens de treino foram mascarados ao acaso, independentemente de tudo o mais, em
cada uma das taxas. Cada método fez então ${clusters} grupos a partir da mesma inicialização. Várias
sementes mudam tanto a máscara como a inicialização.

Só se diz que um método é melhor do que outro se todas as suas execuções são, e se há tantas
sementes que o acaso separaria desse modo métodos iguais em no máximo 5% dos casos, nas
${comparisons} comparações do texto juntas.

Onde um método não trata um pixel ausente como observado, nunca vê o seu valor. O erro dos
centroides é a raiz da diferença quadrática média aos centroides dos dados completos, depois do
melhor emparelhamento, em valores de pixel.
`,
  derivation: "Como o algoritmo é deduzido",
  maskedTitle: "O que os métodos chegam a ver",
  maskedCaption: (rates) =>
    `As mesmas imagens, uma linha por taxa: ${rates} dos pixels ausentes (em laranja).`,
  maskedAlt: "Os mesmos dígitos em cada linha, com mais pixels ausentes de linha em linha",
  completeTitle: "Quanto do agrupamento sobrevive",
  completeCaption:
    "ARI com o agrupamento dos dados completos, média das sementes; a faixa as abrange. 1 é o mesmo agrupamento, 0 é acaso.",
  completeAxis: "ARI com os dados completos",
  nmiTitle: "Quanto os grupos ainda correspondem às classes",
  nmiCaption:
    "NMI com as classes, média das sementes; a linha tracejada é o agrupamento dos dados completos.",
  nmiAxis: "NMI com as classes",
  errorTitle: "Quanto os centroides se deslocam",
  errorCaption:
    "Raiz da diferença quadrática média aos centroides dos dados completos, em valores de pixel.",
  errorAxis: "erro dos centroides",
  iterationsTitle: "Quantas iterações leva",
  iterationsCaption: "Iterações até parar: mediana das sementes; a faixa as abrange.",
  iterationsAxis: "iterações",
  timeTitle: "Quanto custa",
  timeCaption: "Tempo de relógio de um agrupamento: mediana das sementes; a faixa as abrange.",
  timeNoise: (share) =>
    `A média a priori por pixel e a imputação pela média são o mesmo algoritmo, de modo que a diferença entre eles, até ${share}, é ruído de medição; diferenças menores entre outros métodos não mostram nada.`,
  timeAxis: "segundos",
  rateAxis: "pixels ausentes",
  completeReference: "dados completos",
  columns: {
    rate: "Ausentes",
    method: "Método",
    seed: "Semente",
    completeRows: "Imagens completas",
    nmi: "NMI",
    ari: "ARI",
    nmiToComplete: "NMI com os dados completos",
    ariToComplete: "ARI com os dados completos",
    centroidError: "Erro dos centroides",
    iterations: "Iterações",
    seconds: "Segundos",
    failure: "Falhou porque",
  },
  allRunsTitle: "Todas as execuções",
  allRunsCaption: "Cada método, em cada taxa, com cada semente.",
  methodsTitle: "Os métodos",
  headline: (rate, method) =>
    `de concordância (ARI) com o agrupamento dos dados completos quando faltam ${rate} dos pixels (${method})`,
  overSeeds: (low, high) => `${low} a ${high} entre as sementes`,
  oneSeed: "uma semente, portanto sem faixa",
};
