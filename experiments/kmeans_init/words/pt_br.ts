import type { Words } from "./en.ts";
/** Textos da página sobre k-means. */
export const words: Words = {
  name: "k-means, três inícios",
  asked: "Imagens parecidas ficam agrupadas, e o início faz diferença?",
  title: "k-means",
  description:
    "k-means a partir de três inícios: iterações, inércia e as classes que dividem grupos.",
  heading: "Três maneiras de começar o k-means",
  question:
    "Imagens parecidas ficam agrupadas, e que dígitos falham? Faz diferença se o k-means começa de imagens aleatórias, do k-means++ ou das médias das classes?",
  starts: {
    "random": "aleatório",
    "k-means++": "k-means++",
    "class-means": "médias",
  },
  startsInProse: {
    "random": "imagens aleatórias",
    "k-means++": "k-means++",
    "class-means": "médias das classes",
  },
  coverCaption: (clusters, images, start, told) =>
    `Os ${clusters} centroides que o k-means encontrou em ${images} imagens, a partir de ${start}${
      told ? "" : ", sem conhecer as classes"
    }.`,
  findingGrouped: (purity, start, nmi, ari) =>
    `Imagens parecidas ficam agrupadas, mas grupos não são classes: na melhor execução (a partir de ${start}), ${purity} das imagens estão em um grupo cuja maioria é a sua classe (NMI ${nmi}, ARI ${ari}).`,
  findingWorst: (classes) =>
    `Nessa execução, as classes mais mal encontradas são ${classes} (parte que está em grupos onde a classe é maioria).`,
  findingFail: (classes) =>
    `A partir de todos os inícios, a melhor execução encontra menos da metade de ${classes}.`,
  findingNoneFail:
    "Nenhuma classe falha a partir de todos os inícios: de cada uma, a melhor execução a partir de algum início encontra ao menos metade.",
  findingShared: (pairs) => `As classes que mais dividem grupos são ${pairs}.`,
  findingPair: (a, b, countA, countB) =>
    `${a} com ${b} (${countA} e ${countB} imagens em um grupo)`,
  findingAgain: (total, start, counts) =>
    `Dos ${total} grupos a partir de ${start}, ${counts} (mais da metade das imagens de ambos em comum).`,
  findingAgainFrom: (count, start) => `${count} aparecem também a partir de ${start}`,
  findingMeansPurer: (means, low, high, runs) =>
    `As médias das classes, que conhecem a resposta, terminam em grupos mais puros do que as ${runs} execuções a partir de outros inícios: ${means} das imagens contra ${low} a ${high}.`,
  findingMeansAlike: (means, low, high, runs) =>
    `As médias das classes, que conhecem a resposta, terminam em grupos tão puros quanto os das ${runs} execuções a partir de outros inícios: ${means} das imagens, entre ${low} e ${high}.`,
  findingMeansLessPure: (means, low, high, runs) =>
    `As médias das classes conhecem a resposta e ainda assim terminam em grupos menos puros do que as ${runs} execuções a partir de outros inícios: ${means} das imagens contra ${low} a ${high}.`,
  findingIterationsFew: (start, iterations) =>
    `A partir de ${start}, o k-means leva ${iterations} iterações.`,
  findingIterations: (start, middle, low, high) =>
    low === high
      ? `A partir de ${start}, o k-means leva ${middle} iterações.`
      : `A partir de ${start}, o k-means leva ${middle} iterações na mediana (${low} a ${high}).`,
  findingLowest: (start, inertia, other) =>
    `A execução que termina mais baixo começa a partir de ${start}: nela, um pixel difere do seu centroide em ${inertia} níveis de cinza (raiz da média quadrática); a melhor execução a partir de outro início termina com ${other} a mais de inércia.`,
  findingLowestLevel: (start, other, inertia) =>
    `A execução que termina mais baixo começa a partir de ${start}: nela, um pixel difere do seu centroide em ${inertia} níveis de cinza (raiz da média quadrática); a melhor execução a partir de ${other} termina com a mesma inércia.`,
  range: (low, high) => `${low} a ${high}`,
  findingPlusPlusLower: (plus, random) =>
    `Toda execução a partir do k-means++ terminou com inércia menor do que toda execução a partir de imagens aleatórias: ${plus} níveis de cinza por pixel contra ${random}.`,
  findingPlusPlusHigher: (plus, random) =>
    `Toda execução a partir do k-means++ terminou com inércia maior do que toda execução a partir de imagens aleatórias: ${plus} níveis de cinza por pixel contra ${random}.`,
  findingPlusPlusOpen: (plus, random) =>
    `Entre o k-means++ (${plus} níveis de cinza por pixel) e imagens aleatórias (${random}), estas execuções não mostram diferença.`,
  findingPlusPlusFew: (plus, random) =>
    `A partir do k-means++, as execuções terminam em ${plus} níveis de cinza por pixel, a partir de imagens aleatórias, em ${random}; tão poucas execuções não podem mostrar que início termina mais baixo.`,
  findingNotConverged: (count, total) =>
    `${count} de ${total} execuções pararam no limite de iterações antes de convergir.`,
  method: (clusters, runs, maximum) => `
O algoritmo de Lloyd com $K = ${clusters}$ foi executado até convergir (até nada se mover) sobre os
pixels brutos do conjunto de treino, ${runs} vezes ao todo. O início pelas médias das classes não
tem aleatoriedade e é executado uma vez; os outros, uma vez por semente. Só se diz que um início
termina mais baixo do que outro se todas as suas execuções terminam assim, e se são tantas que o
acaso separaria desse modo inícios iguais em no máximo 5% dos casos: ao menos 4 execuções de cada.

A inércia é a soma das distâncias quadráticas de todas as imagens ao seu centroide, em valores de
pixel ao quadrado. A página a informa por imagem e pixel, como raiz: em tantos níveis de cinza, de 0
a ${maximum}, um pixel difere do seu centroide na raiz da média quadrática. Os grupos de todos os
inícios estão em uma só ordem: cada um é emparelhado com um grupo da execução que termina mais
baixo, de modo que a soma das diferenças quadráticas de todos os centroides seja mínima.

Os rótulos servem para julgar os grupos, e para o início pelas médias das
classes, nunca ao próprio algoritmo.
`,
  iterationsTitle: "Quantas iterações cada início leva",
  iterationsCaption: "Um círculo por execução; a barra marca a mediana.",
  iterationsAxis: "iterações até convergir",
  inertiaTitle: "Onde cada início termina",
  inertiaCaption:
    "Raiz da diferença quadrática média de um pixel ao seu centroide. Um círculo por execução, quanto menor melhor; a barra marca a média.",
  inertiaAxis: "níveis de cinza por pixel no final",
  curvesTitle: "A inércia cai depressa, depois devagar",
  curvesCaption:
    "A melhor execução de cada início em cor forte, as outras em cor fraca. O que fica muito acima do fim das execuções, como a primeira iteração de um início ruim, é omitido.",
  curvesX: "iteração (logarítmica)",
  curvesY: "níveis de cinza por pixel",
  qualityTitle: "Quanto os grupos correspondem às classes",
  qualityCaption:
    "Pureza: parte das imagens em um grupo cuja maioria é a sua classe. NMI e ARI comparam as duas partições; 1 é perfeito e ARI 0 é acaso.",
  qualityAxis: "concordância com as classes",
  runColumns: {
    start: "Início",
    seed: "Semente",
    iterations: "Iterações",
    converged: "Convergiu",
    inertia: "Inércia",
    greyLevels: "Níveis de cinza por pixel",
    purity: "Pureza",
    nmi: "NMI",
    ari: "ARI",
    seconds: "Segundos",
    iteration: "Iteração",
  },
  recallTitle: "Que dígitos são encontrados, e quais não",
  recallCaption:
    "Parte de cada classe que está em grupos onde ela é maioria. Uma classe em 0 não tem grupo próprio.",
  recallAxis: "parte encontrada",
  classColumn: "Classe",
  startHeading: (start) => `A partir de ${start}`,
  startIntro: (seed, iterations, levels) =>
    `A melhor execução deste início: semente ${seed}, ${iterations} iterações, ${levels} níveis de cinza por pixel.`,
  contingencyTitle: (start) => `Quem está em que grupo, a partir de ${start}`,
  contingencyCaption:
    "Imagens por classe (linha) e grupo (coluna); quanto mais forte a cor de uma célula, maior a sua parte da classe. Os grupos estão na mesma ordem a partir de todos os inícios.",
  contingencyRows: "classe",
  contingencyColumns: "grupo, pela maioria",
  centroidsTitle: (start) => `Os grupos a partir de ${start}`,
  centroidsCaption:
    "De cada grupo, o centroide, a classe mais frequente e o tamanho; depois as dez imagens mais próximas do centroide e as dez mais distantes, que são onde o grupo falha.",
  centroidAlt: (majority) => `Centroide de um grupo cuja classe mais frequente é ${majority}`,
  clusterMajority: (majority, share) => `sobretudo ${majority} (${share})`,
  clusterSize: (size) => `${size} imagens`,
  clusterShared: (share) => `${share} em comum`,
  nearest: "próximas",
  farthest: "distantes",
  nearestAlt: (majority) => `As imagens mais próximas do centroide do grupo de ${majority}`,
  farthestAlt: (majority) => `As imagens mais distantes do centroide do grupo de ${majority}`,
  framesTitle: "Centroides a caminho",
  framesCaption:
    "A melhor execução de cada início, lado a lado: os seus centroides, cada um no lugar daquele que corresponde a ele no fim, e quanto um pixel difere do seu centroide, o que a barra mostra desde zero, em algumas das iterações do início ao fim. Uma execução que terminou fica como está.",
  frame: (iteration) => `iteração ${iteration}`,
  frameLast: (iteration) => `iteração ${iteration}, a última`,
  frameInertia: (levels) => `${levels} níveis de cinza por pixel`,
  frameAlt: (start, iteration) => `Os centroides a partir de ${start} na iteração ${iteration}`,
  matchedTitle: "Que grupos aparecem a partir de todos os inícios",
  matchedCaption: (start) =>
    `Os grupos da melhor execução de cada início, cada um abaixo do grupo a partir de ${start} que corresponde a ele. Porcentagens: as imagens em ambos, como parte das que estão em algum dos dois.`,
  matchedReference: (start) => `${start}, termina mais baixo`,
  sharedColumn: (start) => `Em comum, ${start}`,
  differenceColumn: (start) => `Diferença, ${start}`,
  clusterColumn: "Grupo",
  sizeColumn: "Tamanho",
  majorityColumn: "Maioria",
  headline: "das imagens estão em um grupo cuja maioria é a sua classe, na execução mediana",
  overRuns: (low, high, runs) => `${low} a ${high} em ${runs} execuções`,
};
