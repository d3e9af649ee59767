import type { Words } from "./en.ts";

/** Textos da página sobre o número de grupos. */
export const words: Words = {
  name: "Número de grupos",
  asked: "Quantos grupos as imagens formam, e esse é o número de classes?",
  description: "A escolha do número de grupos do k-means pela silhueta e pelo cotovelo.",
  question:
    "O k-means precisa receber o número de grupos. A silhueta e o cotovelo da inércia, que não conhecem os rótulos, escolhem o número de classes?",
  findingSilhouette: (clusters, value, spread) =>
    `A silhueta média é máxima com ${clusters} grupos: ${value} (${spread}).`,
  findingElbow: (clusters, value, spread) =>
    `O cotovelo, a maior segunda diferença média da inércia, está em ${clusters} grupos: ${value} níveis de cinza ao quadrado por pixel (${spread}).`,
  findingAmi: (clusters, value, spread) =>
    `A concordância média com as classes (AMI) é máxima com ${clusters} grupos: ${value} (${spread}).`,
  findingAmiAtClasses: (classes, value, spread) =>
    `Com ${classes} grupos, um por classe, ela é de ${value} (${spread}).`,
  overSeeds: (low, high, seeds) => `de ${low} a ${high} em ${seeds} sementes`,
  oneSeed: "uma única semente",
  findingClear: "Nenhum outro número de grupos tem uma faixa que se sobreponha a essa.",
  findingOpen: (rivals, one) =>
    `${
      one
        ? `A faixa com ${rivals} grupos se sobrepõe`
        : `As faixas com ${rivals} grupos se sobrepõem`
    } a essa; portanto, estas sementes não decidem a escolha.`,
  findingUnknown: "Uma única semente não permite avaliar a incerteza dessa escolha.",
  edges: {
    smallest:
      "Esse é o menor número que poderia ser escolhido: a escolha está na borda do que foi testado.",
    largest:
      "Esse é o maior número que poderia ser escolhido: a escolha está na borda do que foi testado.",
  },
  findingClasses: (classes, silhouette, elbow) =>
    `As imagens têm ${classes} classes: ${silhouette}, e ${elbow}.`,
  verdicts: {
    silhouette: {
      chosen: "a silhueta escolhe esse número de grupos",
      open: "a silhueta deixa esse número em aberto",
      missed: "a silhueta não escolhe esse número",
    },
    elbow: {
      chosen: "o cotovelo está nesse número",
      open: "o cotovelo pode estar nesse número",
      missed: "o cotovelo está em outro",
    },
  },
  findingWeak: (value, mark) =>
    `Mesmo a maior silhueta de todas as execuções, ${value}, fica abaixo de ${mark}, faixa em que Kaufman e Rousseeuw (1990) não veem estrutura substancial.`,
  findingInertia: (first, last, share) =>
    `De ${first} a ${last} grupos, a inércia média cai a cada passo, ${share} ao todo: a menor inércia é a do maior número de grupos e, por isso, não escolhe nada.`,
  findingNotConverged: (count, total) =>
    `${count} de ${total} execuções pararam no limite de iterações antes de convergir.`,
  method: ({ rows, drawn, first, last, seeds }) =>
    [
      `O k-means foi executado a partir de inicializações k-means++ sobre os pixels brutos de ${rows} imagens de treino, com cada número de grupos $K$ de ${first} a ${last}, até nada se mover; número de sementes: ${seeds}. Os rótulos servem para avaliar os grupos depois; o algoritmo nunca os vê.`,
      `A silhueta compara as distâncias de uma imagem dentro do seu grupo e até o grupo vizinho, de −1 a 1. Cada valor é a média de ${
        drawn === null
          ? "todas as imagens"
          : `${drawn} imagens, sorteadas uma vez por semente e as mesmas para todos os números de grupos`
      }. O cotovelo está onde a segunda diferença da inércia, $I_{K-1} - 2 I_K + I_{K+1}$, é máxima; ela exige os dois vizinhos, portanto nem o primeiro nem o último $K$ podem ser escolhidos. A AMI (informação mútua ajustada) vale 1 quando os grupos são as classes e, em média, 0 para grupos aleatórios.`,
      "Uma escolha só é tida como decidida se nenhuma outra faixa entre as sementes se sobrepõe à sua.",
    ].join("\n\n"),
  choicesTitle: "As escolhas ao lado do número de classes",
  choices: {
    silhouette: "Silhueta",
    elbow: "Cotovelo (segunda diferença)",
    ami: "AMI (conhece os rótulos)",
  },
  classesRow: "Classes",
  classesLine: (count) => `${count} classes`,
  inertiaTitle: "Inércia por número de grupos",
  inertiaCaption:
    "Soma das distâncias quadráticas ao centroide mais próximo, por imagem e pixel, em níveis de cinza ao quadrado; média das sementes, que a faixa abrange. O anel marca o cotovelo.",
  inertiaAxis: "inércia por pixel",
  elbowTitle: "Quão forte é a dobra da inércia",
  elbowCaption:
    "Segunda diferença da inércia por pixel, média das sementes; a faixa as abrange. O anel marca a maior média.",
  elbowAxis: "segunda diferença por pixel",
  silhouetteTitle: "Quão bem os grupos se separam",
  silhouetteCaption: (rows) =>
    `Silhueta média de ${rows} imagens, média das sementes; a faixa as abrange. O anel marca a maior média.`,
  silhouetteAxis: "silhueta",
  amiTitle: "Quanto os grupos correspondem às classes",
  amiCaption:
    "AMI com as classes, média das sementes; a faixa as abrange. O anel marca a maior média.",
  amiAxis: "AMI",
  clustersAxis: "número de grupos",
  columns: {
    criterion: "Critério",
    clusters: "Grupos",
    rivals: "Faixas que se sobrepõem",
    mean: "Média",
    low: "Mínimo",
    high: "Máximo",
    seed: "Semente",
    inertia: "Inércia por pixel",
    silhouette: "Silhueta",
    ami: "AMI",
    iterations: "Iterações",
    converged: "Convergiu",
  },
  allRunsTitle: "Todas as execuções",
  allRunsCaption: "Cada semente com cada número de grupos.",
  headline: (elbow, classes) =>
    `grupos pela silhueta e ${elbow} pelo cotovelo, para imagens de ${classes} classes`,
  headlineClear: (seeds) => `nenhuma outra faixa se sobrepõe em ${seeds} sementes`,
  headlineUnsettled: (seeds, open) => `em ${seeds} sementes, ${open}`,
  headlineOpen: {
    silhouette: (rivals) => `a silhueta deixa ${rivals} em aberto`,
    elbow: (rivals) => `o cotovelo deixa ${rivals} em aberto`,
  },
  headlineOneSeed: "uma única semente, portanto sem faixa",
};
