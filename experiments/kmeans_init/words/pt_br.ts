import type { Words } from "./en.ts";
/** Textos da página sobre k-means. */
export const words: Words = {
  name: "Inicializações do k-means",
  asked: "Imagens parecidas ficam agrupadas, e a inicialização faz diferença?",
  description:
    "k-means com três inicializações: iterações, inércia e as classes que dividem grupos.",
  question:
    "Imagens parecidas ficam agrupadas, e quais dígitos falham? Faz diferença se o k-means começa de imagens aleatórias, do k-means++ ou das médias das classes?",
  starts: {
    "random": "aleatório",
    "k-means++": "k-means++",
    "class-means": "médias",
  },
  startsInProse: {
    "random": "de imagens aleatórias",
    "k-means++": "do k-means++",
    "class-means": "das médias das classes",
  },
  coverCaption: (clusters, images, start, told) =>
    `Os ${clusters} centroides que o k-means encontrou em ${images} imagens, a partir ${start}${
      told ? "" : ", sem conhecer as classes"
    }.`,
  findingGrouped: (purity, start, nmi, ari) =>
    `Imagens parecidas ficam agrupadas, mas grupos não são classes: na execução com a menor inércia (a partir ${start}), ${purity} das imagens estão em um grupo cuja maioria é a sua classe (NMI ${nmi}, ARI ${ari}).`,
  findingWorst: (classes, one) =>
    `Nessa execução, ${
      one ? "a classe menos encontrada é" : "as classes menos encontradas são"
    } ${classes} (proporção que está em grupos em que a classe é maioria).`,
  findingFail: (classes) =>
    `Com todas as inicializações, a melhor execução encontra menos da metade das imagens de ${classes}.`,
  findingNoneFail:
    "Nenhuma classe falha com todas as inicializações: de cada uma, a melhor execução com alguma inicialização encontra ao menos metade.",
  findingShared: (pairs) => `As classes que mais dividem grupos são ${pairs}.`,
  findingPair: (a, b, countA, countB) =>
    `${a} com ${b} (${countA} e ${countB} imagens em um grupo)`,
  findingAgain: (total, start, counts) =>
    `Dos ${total} grupos a partir ${start}, ${counts} (mais da metade das imagens de ambos em comum).`,
  findingAgainFrom: (count, start) => `${count} aparecem também a partir ${start}`,
  findingMeansPurer: (means, low, high, runs) =>
    `As médias das classes, que conhecem a resposta, terminam em grupos mais puros do que as ${runs} execuções com outras inicializações: ${means} das imagens contra ${low} a ${high}.`,
  findingMeansAlike: (means, low, high, runs) =>
    `As médias das classes, que conhecem a resposta, terminam em grupos tão puros quanto os das ${runs} execuções com outras inicializações: ${means} das imagens, entre ${low} e ${high}.`,
  findingMeansLessPure: (means, low, high, runs) =>
    `As médias das classes conhecem a resposta e ainda assim terminam em grupos menos puros do que as ${runs} execuções com outras inicializações: ${means} das imagens contra ${low} a ${high}.`,
  findingIterationsFew: (start, iterations) =>
    `A partir ${start}, o k-means leva ${iterations} iterações.`,
  findingIterations: (start, middle, low, high) =>
    low === high
      ? `A partir ${start}, o k-means leva ${middle} iterações.`
      : `A partir ${start}, o k-means leva ${middle} iterações na mediana (${low} a ${high}).`,
  findingLowest: (start, inertia, other) =>
    `A execução que termina com a menor inércia começa a partir ${start}: nela, um pixel difere do seu centroide em ${inertia} níveis de cinza (raiz da média quadrática); a melhor execução com outra inicialização termina com ${other} a mais de inércia.`,
  findingLowestLevel: (start, other, inertia) =>
    `A execução que termina com a menor inércia começa a partir ${start}: nela, um pixel difere do seu centroide em ${inertia} níveis de cinza (raiz da média quadrática); a melhor execução a partir ${other} termina a menos de 0,001% dessa inércia.`,
  range: (low, high) => `${low} a ${high}`,
  findingPlusPlusLower: (plus, random) =>
    `Toda execução a partir do k-means++ terminou com inércia menor do que toda execução a partir de imagens aleatórias: ${plus} níveis de cinza por pixel contra ${random}.`,
  findingPlusPlusHigher: (plus, random) =>
    `Toda execução a partir do k-means++ terminou com inércia maior do que toda execução a partir de imagens aleatórias: ${plus} níveis de cinza por pixel contra ${random}.`,
  findingPlusPlusOpen: (plus, random) =>
    `Entre o k-means++ (${plus} níveis de cinza por pixel) e imagens aleatórias (${random}), estas execuções não mostram diferença.`,
  findingPlusPlusFew: (plus, random) =>
    `A partir do k-means++, as execuções terminam em ${plus} níveis de cinza por pixel, a partir de imagens aleatórias, em ${random}; tão poucas execuções não podem mostrar qual inicialização termina com inércia menor.`,
  findingNotConverged: (count, total) =>
    `${count} de ${total} execuções pararam no limite de iterações antes de convergir.`,
  method: (clusters, runs, maximum) => `
O algoritmo de Lloyd com $K = ${clusters}$ foi executado até convergir (até nada se mover) sobre os
pixels brutos do conjunto de treino, ${runs} vezes ao todo. A inicialização pelas médias das
classes não tem aleatoriedade e é executada uma vez; as outras, uma vez por semente. Só se diz que
uma inicialização termina com inércia menor do que outra se todas as suas execuções terminam assim,
e se são tantas que o acaso separaria desse modo inicializações iguais em no máximo 5% dos casos: ao
menos 4 execuções de cada.

A inércia é a soma das distâncias quadráticas de todas as imagens ao seu centroide, em valores de
pixel ao quadrado. A página dá a sua raiz por imagem e pixel: a raiz da média
quadrática dos níveis de cinza, de 0 a ${maximum}, em que um pixel difere do seu centroide. Os grupos de todas as
inicializações estão em uma só ordem: cada um é emparelhado com um grupo da execução que termina com
a menor inércia, de modo que a soma das diferenças quadráticas de todos os centroides seja mínima. A
melhor execução de uma inicialização é a que tem a menor inércia; outra pode corresponder melhor às
classes.

Os rótulos servem para avaliar os grupos e para a inicialização pelas médias das classes; o próprio
algoritmo nunca os vê.
`,
  iterationsTitle: "Quantas iterações cada inicialização leva",
  iterationsCaption: "Um círculo por execução; a barra marca a mediana.",
  iterationsAxis: "iterações até convergir",
  inertiaTitle: "Onde cada inicialização termina",
  inertiaCaption:
    "Raiz da diferença quadrática média de um pixel ao seu centroide. Um círculo por execução, quanto menor melhor; a barra marca a média.",
  inertiaAxis: "níveis de cinza por pixel no final",
  curvesTitle: "A inércia cai depressa, depois devagar",
  curvesCaption:
    "A melhor execução de cada inicialização em cor forte, as outras em cor fraca. O que fica muito acima do fim das execuções, como a primeira iteração de uma inicialização ruim, é omitido.",
  curvesX: "iteração (logarítmica)",
  curvesY: "níveis de cinza por pixel",
  qualityTitle: "Quanto os grupos correspondem às classes",
  qualityCaption:
    "Pureza: proporção das imagens em um grupo cuja maioria é a sua classe. NMI e ARI comparam as duas partições; 1 é perfeito e ARI 0 é acaso.",
  qualityAxis: "concordância com as classes",
  runColumns: {
    start: "Inicialização",
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
  recallTitle: "Quais dígitos são encontrados, e quais não",
  recallCaption:
    "Proporção de cada classe que está em grupos em que ela é maioria. Uma classe em 0 não tem grupo próprio.",
  recallAxis: "proporção encontrada",
  classColumn: "Classe",
  startHeading: (start) => `A partir ${start}`,
  startIntro: (seed, iterations, levels) =>
    `A melhor execução desta inicialização: semente ${seed}, iterações: ${iterations}, ${levels} níveis de cinza por pixel.`,
  contingencyTitle: (start) => `Quais classes estão em quais grupos, a partir ${start}`,
  contingencyCaption:
    "Imagens por classe (linha) e grupo (coluna); quanto mais forte a cor de uma célula, maior a sua proporção da classe. Os grupos estão na mesma ordem em todas as inicializações.",
  contingencyRows: "classe",
  contingencyColumns: "grupo, pela maioria",
  centroidsTitle: (start) => `Os grupos a partir ${start}`,
  centroidsCaption:
    "De cada grupo, o centroide, a classe mais frequente e o tamanho; depois as dez imagens mais próximas do centroide e as dez mais distantes, que são onde o grupo falha.",
  centroidAlt: (majority) => `Centroide de um grupo cuja classe mais frequente é ${majority}`,
  clusterMajority: (majority, share) => `sobretudo ${majority} (${share})`,
  clusterSize: (size, one) => `${size} ${one ? "imagem" : "imagens"}`,
  clusterShared: (share) => `${share} em comum`,
  nearest: "próximas",
  farthest: "distantes",
  nearestAlt: (majority) => `As imagens mais próximas do centroide do grupo de ${majority}`,
  farthestAlt: (majority) => `As imagens mais distantes do centroide do grupo de ${majority}`,
  framesTitle: "Como os centroides se movem",
  framesCaption:
    "A melhor execução de cada inicialização, lado a lado: os seus centroides, cada um no lugar daquele que corresponde a ele no fim, e quanto um pixel difere do seu centroide, o que a barra mostra desde zero, em algumas das iterações do início ao fim. Uma execução que terminou fica como está.",
  frame: (iteration) => `iteração ${iteration}`,
  frameLast: (iteration) => `iteração ${iteration}, a última`,
  frameInertia: (levels) => `${levels} níveis de cinza por pixel`,
  frameAlt: (start, iteration) => `Os centroides a partir ${start} na iteração ${iteration}`,
  matchedTitle: "Quais grupos aparecem em todas as inicializações",
  matchedCaption: (start) =>
    `Os grupos da melhor execução de cada inicialização, cada um abaixo do grupo a partir ${start} que corresponde a ele. Porcentagens: as imagens em ambos, como proporção das que estão em algum dos dois.`,
  matchedReference: (start) => `${start}, a menor inércia`,
  sharedColumn: (start) => `Em comum, ${start}`,
  differenceColumn: (start) => `Diferença, ${start}`,
  clusterColumn: "Grupo",
  sizeColumn: "Tamanho",
  majorityColumn: "Maioria",
  headline: "das imagens estão em um grupo cuja maioria é a sua classe, na execução mediana",
  overRuns: (low, high, runs) => `${low} a ${high} em ${runs} execuções`,
};
