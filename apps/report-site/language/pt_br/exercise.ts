import type { Catalogue } from "../catalogue.ts";

/** Textos do exercício como notebook. */
export const exercise: Catalogue["exercise"] = {
  title: "k-means, misturas e o que não pertence aos dados",
  link: "O exercício, entregue: notebook",
  pdf: "PDF",
  intro: (digits: string, clothes: string): string =>
    `O exercício pede k-means em imagens de dígitos a partir de três tipos de inicialização, uma mistura sobre as ativações de uma rede de dígitos, que distinga dígitos de roupas, e duas deduções. Aqui estão as perguntas na ordem, cada uma com o código, a sua saída e uma resposta calculada a partir dela. Os dados: ${digits}, e ${clothes}, que não pertencem a eles.\n\nO código roda no kernel do Deno para Jupyter (\`deno jupyter --install\`), na pasta do repositório, ou onde \`deno add jsr:@mixtape/clustering\` e os demais pacotes tenham sido instalados.`,
  data: "## 1. Os dados",
  kmeans:
    "## 2. Grupos\n\nk-means com dez grupos, a partir de dez imagens aleatórias, de k-means++ e das médias das dez classes, até que nada mude.\n\n**Imagens parecidas ficam no mesmo grupo? A inicialização importa?**",
  start: (
    init: string,
    runs: string,
    iterations: string,
    inertia: string,
    purity: string,
  ): string =>
    `- ${init} (execuções: ${runs}): iterações ${iterations}, inércia ${inertia}, pureza ${purity}`,
  measures:
    "A inércia é dada por imagem e com pixels de 0 a 1, como a média dos quadrados das distâncias das imagens ao seu centroide. Pureza é a proporção das imagens que estão em um grupo cuja maioria é a sua classe.",
  grouped: (purity: string): string =>
    `Na execução com a menor inércia, ${purity} das imagens estão em um grupo cuja maioria é a sua classe.`,
  inertiaApart: (better: string, worse: string): string =>
    `Toda execução a partir de ${better} terminou com inércia menor do que toda execução a partir de ${worse}.`,
  inertiaAlike: (one: string, other: string): string =>
    `Entre as execuções a partir de ${one} e de ${other}, nenhuma diferença de inércia é demonstrada.`,
  purityOfMeans: (means: string, others: string): string =>
    `As médias das classes, que conhecem a resposta, terminam com pureza ${means}; as execuções com outras inicializações, com ${others}.`,
  centroids:
    "Os grupos da execução com a menor inércia, dada aqui como a soma sobre todas as imagens, com os pixels como estão no arquivo:",
  pictures: "Os centroides como imagens:",
  recall:
    "**Quais classes falham?** A menor e a maior proporção de cada classe que termina em um grupo dela mesma, em todas as execuções:",
  always: (classes: string): string => `Toda execução encontra ao menos metade de: ${classes}.`,
  never: (classes: string): string => `Nenhuma execução encontra metade de: ${classes}.`,
  sometimes: (classes: string): string =>
    `Algumas execuções encontram metade destas e outras não: ${classes}.`,
  classifier:
    "## 3. Uma mistura sobre as ativações de uma rede\n\nUma rede com três camadas ocultas, de 100, 50 e 25 unidades, aprende os dígitos.",
  mixtures:
    "Misturas gaussianas de 1 a 20 componentes modelam as ativações da penúltima camada em dígitos de treino. A log-densidade pontua dígitos e roupas que nem a rede nem a mistura viram.\n\n**A densidade distingue dígitos de roupas?**",
  chosen: (components: string, auroc: string, interval: string): string =>
    `O número de componentes que o BIC escolhe, sem olhar para nenhuma roupa, é ${components}, com AUROC ${auroc} (intervalo de 95% ${interval} sobre imagens de teste, nesta única rede).`,
  chosenAtEdge: {
    smallest: "É o menor número testado.",
    largest: "É o maior número testado: um maior pode ser melhor.",
  },
  best: (components: string, auroc: string): string =>
    `Olhando para as roupas, a escolha seria ${components}, com AUROC ${auroc}.`,
  bestAlike: "Os intervalos se sobrepõem: nenhuma diferença demonstrada.",
  spread: (range: string): string =>
    `Em todos os números de componentes, a AUROC fica em ${range}.`,
  roc: "A curva da mistura que o BIC escolheu:",
  missingTitle: "## 4. k-means com entradas ausentes",
  missing:
    "**O que fazem os pixels ausentes?** Pixels são escondidos ao acaso; o algoritmo deduzido (`gaussian-prior`) está ao lado do k-POD e de médias no lugar do que falta. A concordância com as classes (NMI), com cinco sementes cada. Só se diz que um método fica acima ou abaixo dos demais se todas as suas execuções ficam:",
  missingRow: (rate: string, methods: string): string => `- ${rate} ausentes: ${methods}.`,
  winner: (method: string): string =>
    `Toda execução de ${method} fica acima de todas as dos demais.`,
  loser: (method: string): string =>
    `Toda execução de ${method} fica abaixo de todas as dos demais.`,
  noWinner: "Não se demonstra que um método fique acima ou abaixo de todos os demais.",
  sameMethods: "Todos os métodos têm os mesmos números.",
  mixtureTitle: "## 5. EM para misturas",
  mistakes:
    "## 6. Onde o notebook original errou\n\nEle publicou uma AUC de 0,40 e concluiu que a mistura separa pior do que cara ou coroa. Os mesmos passos: uma rede com weight decay 0,01, uma mistura ajustada às ativações de teste, as imagens de treino de roupas, e uma AUC que conta roupas como positivas, embora se espere que a log-densidade delas seja baixa. A seção 3 faz o certo: ajusta a mistura a dígitos de treino, pontua imagens que ela não viu e conta dígitos como positivos.",
  sign: (published: string, corrected: string, interval: string): string =>
    `Calculada assim, a AUC é ${published}; com dígitos como classe positiva é ${corrected}, um menos a outra (intervalo de 95% ${interval}).`,
  signExplains:
    "Abaixo de 0,5 em um sentido, acima de 0,5 no outro: a mistura separa, e o sinal escondia isso.",
  signDoesNotExplain:
    "Acima de 0,5 como foi calculada, abaixo de 0,5 no sentido certo: aqui o sinal não explica o fracasso.",
  accuracies: (decayed: string, weaker: string, published: string): string =>
    `Treinada uma vez com cada um, a rede alcança uma acurácia de ${decayed} com weight decay 0,01 e de ${weaker} com 0,001; o notebook publicou ${published}.`,
  accuracyOfOthers:
    "Com imagens que não são as do notebook, estes números não podem explicar aquele.",
  decayExplains:
    "O weight decay menor chega mais perto. Levados à média 0 e ao desvio 1, como é costume no MNIST, os pixels são maiores em relação ao weight decay: no PyTorch, weight decay 0,01 dá então de 96,4 a 96,8% em três sementes, e de 94,4 a 94,9% com pixels de 0 a 1. Taxa de aprendizado, pesos iniciais e tamanho dos lotes não levaram até lá.",
  decayDoesNotExplain:
    "O weight decay menor não chega mais perto: ele não explica aquele número aqui.",
  signOpen:
    "O intervalo contém 0,5: não se demonstra que a mistura separe, em nenhum dos sentidos.",
};
