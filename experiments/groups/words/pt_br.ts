import type { Words } from "./en.ts";

/** Textos da página sobre grupos. */
export const words: Words = {
  name: "Grupos",
  asked: "Quais grupos as linhas formam?",
  description: "Os grupos das linhas pelo k-means e por misturas, e o que os distingue.",
  question:
    "Quantos grupos as linhas formam, pela silhueta e pelo BIC, quão estáveis eles são e quais colunas os distinguem?",
  clustersText: (count, one) => `${count} ${one ? "grupo" : "grupos"}`,
  componentsText: (count, one) => `${count} ${one ? "componente" : "componentes"}`,
  clusterName: (number) => `Grupo ${number}`,
  findingSilhouette: (clusters, value, spread) =>
    `A silhueta média é máxima com ${clusters}: ${value} (${spread}).`,
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
    smallest: "Esse é o menor número que tem silhueta: um único grupo não tem nenhuma.",
    largest: "Esse é o maior número que foi testado: um maior talvez seja melhor.",
  },
  findingOneGaussian: (rows, silhouette, reached, sets, chance, isMore) =>
    `Em ${rows} linhas, a maior silhueta é ${silhouette}. Conjuntos de tantas linhas, sorteadas de uma gaussiana, que a alcançam: ${reached} de ${sets} (p = ${chance}). ${
      isMore
        ? "Isso é evidência contra uma única nuvem gaussiana."
        : "Isso não é evidência de grupos: o k-means divide quaisquer linhas."
    }`,
  findingNoClusters:
    "Nenhum número de grupos tem silhueta; portanto, o k-means mostra um único grupo.",
  shapes: {
    full: "completas",
    tied: "compartilhadas",
    diagonal: "diagonais",
    "tied-diagonal": "diagonais compartilhadas",
    spherical: "esféricas",
  },
  findingBic: (components, shape) =>
    `Entre as misturas, o BIC é mínimo com ${components}, com covariâncias ${shape}.`,
  findingOneComponent: "Isso é um grupo só: nenhuma divisão testada vale os seus parâmetros.",
  findingNext: (components, difference) =>
    `A melhor com outro número tem ${components}; o seu BIC é ${difference} maior.`,
  findingClose: (mark) =>
    `Diferenças abaixo de ${mark} não são uma evidência forte (Kass e Raftery, 1995).`,
  findingShrunken: (count, all) =>
    `Misturas em que um componente encolheu sobre valores repetidos, de modo que o BIC nada diz sobre grupos: ${count} de ${all}; elas só são escolhidas se não há outras.`,
  findingStable: (clusters, mean, low, high) =>
    `Concordância entre execuções com ${clusters} de sementes diferentes: ARI médio de ${mean} (de ${low} a ${high}).`,
  findingMixtureStable: (components, mean, low, high) =>
    `Concordância entre misturas de ${components} de sementes diferentes: ARI médio de ${mean} (de ${low} a ${high}).`,
  findingBoth: (ari) =>
    `Concordância entre grupos e componentes: ARI de ${ari}; 1 é a mesma divisão, 0 a média de divisões sem relação.`,
  findingFilled: (share) =>
    `Células sem valor: ${share}. Elas são preenchidas com a mediana da sua coluna; portanto, os grupos podem refletir quais valores faltam.`,
  columnShare: (name, share) => `${name} (${share})`,
  findingColumns: (columns) =>
    `Colunas com a maior proporção da sua variância entre os grupos: ${columns}.`,
  findingClasses: (ami, ari, amiOfComponents, ariOfComponents) =>
    `Concordância com as classes: AMI ${ami} e ARI ${ari} para os grupos, ${amiOfComponents} e ${ariOfComponents} para os componentes; 1 é a mesma divisão, 0 a média das aleatórias.`,
  method: ({ rows, seeds, first, last, drawn, dimensions, share, columns, largest, patience }) =>
    [
      `Os números foram testados em ${rows} linhas, preenchidas e escalonadas como diz o cabeçalho desta página; os grupos e a mistura escolhidos foram então ajustados a todas as linhas.`,
      first === null
        ? "O k-means não tinha o que dividir."
        : `O k-means foi executado a partir de inicializações k-means++ com cada número de grupos de ${first} a ${last}; número de sementes: ${seeds}. A silhueta compara as distâncias de uma linha dentro do seu grupo e até o grupo vizinho, de −1 a 1; cada uma é a média de ${drawn} linhas. O ARI (índice de Rand ajustado) é 1 para a mesma divisão e, em média, 0 para divisões sem relação.`,
      "Como o k-means divide quaisquer linhas, a maior silhueta é comparada com as de conjuntos de linhas sorteadas de uma gaussiana com a média e a covariância destas linhas. O valor-p é a proporção dos conjuntos, estas linhas entre eles, que a alcançam; até 0,05 conta como diferença.",
      share === null
        ? `As misturas foram ajustadas a ${columns} como foram preparadas.`
        : `As misturas foram ajustadas aos primeiros ${dimensions} componentes principais, com ${share} da variância: há muitas colunas, poucas linhas por coluna ou colunas que decorrem das outras.`,
      `Misturas de até ${largest} componentes com covariâncias de cinco formas foram comparadas pelo BIC, que pesa o ajuste contra o número de parâmetros; uma forma foi abandonada depois de ${patience} números de componentes seguidos sem um BIC melhor.`,
    ].join("\n\n"),
  columnsText: (count, one) => `${count} ${one ? "coluna" : "colunas"}`,
  clustersTitle: "Os grupos",
  clustersIntro:
    "Dispersão é a raiz da média dos quadrados das distâncias ao centroide, na escala das colunas preparadas; a linha central é a mais próxima dele, numerada a partir de 0, como em rows.csv, que tem o grupo e o componente de cada linha.",
  columns: {
    cluster: "Grupo",
    rows: "Linhas",
    share: "Proporção",
    spread: "Dispersão",
    nearest: "Linha central",
    id: "Seu id",
    clusters: "Grupos",
    mean: "Média",
    low: "Mínimo",
    high: "Máximo",
    components: "Componentes",
    component: "Componente",
    weight: "Peso",
    shape: "Covariâncias",
    bic: "BIC",
    converged: "Convergiu",
    shrunken: "Encolheu",
    column: "Coluna",
    between: "Entre os grupos",
    division: "Divisão",
    ari: "ARI",
    ami: "AMI",
    className: "Classe",
  },
  coverCentroidsCaption: "A imagem média de cada grupo que o k-means encontrou.",
  coverMapCaption:
    "As linhas ao longo de seus dois primeiros componentes principais, coloridas pelo grupo que o k-means lhes dá.",
  mapTitle: "As linhas em duas dimensões",
  mapCaption: (first, second, rows) =>
    `Os dois primeiros componentes principais, com ${first} e ${second} da variância de todas as linhas; número de linhas desenhadas: ${rows}; as cores são os grupos. O que está em outras direções não aparece aqui.`,
  mapX: "primeiro componente principal",
  mapY: "segundo componente principal",
  profilesTitle: "O que distingue os grupos",
  profilesCaption:
    "Média de cada coluna em cada grupo, nas unidades do arquivo: quanto mais forte a cor, mais acima da média dos grupos, ou abaixo dela na outra cor. Os grupos foram feitos destas colunas; portanto, as proporções da variância entre eles descrevem e nada provam.",
  centroidsTitle: "A imagem média de cada grupo",
  centroidsCaption: "Médias dos pixels de todas as imagens de um grupo.",
  centroidsAlt: (label) => `Imagem média de ${label}`,
  silhouetteTitle: "Quão bem os grupos se separam",
  silhouetteCaption: (rows) =>
    `Silhueta média de ${rows} linhas, média das sementes; a faixa as abrange. O anel marca a maior média.`,
  silhouetteY: "silhueta",
  stabilityTitle: "Quanto as execuções concordam",
  stabilityCaption:
    "ARI entre cada duas execuções de sementes diferentes, média dos pares; a faixa os abrange. O anel marca o número que a silhueta escolhe.",
  stabilityY: "ARI entre sementes",
  clustersX: "número de grupos",
  bicTitle: "O BIC das misturas",
  bicCaption:
    "BIC por número de componentes, acima do menor de todos; quanto menor, melhor. O anel marca o menor de cada forma. Faltam as misturas em que um componente colapsou ou encolheu sobre valores repetidos.",
  bicY: "BIC acima do menor",
  componentsX: "número de componentes",
  mixtureTitle: "Os componentes da mistura",
  classesTitle: "Classes e grupos",
  countsTitle: "Linhas de cada classe em cada grupo",
  classesCaption: "Número de linhas de cada classe em cada grupo: quanto mais forte a cor, maior.",
  classesRows: "classe",
  classesColumns: "grupo",
  agreementTitle: "Concordância com as classes",
  divisions: { clusters: "Grupos do k-means", components: "Componentes da mistura" },
  headline: (components) => `grupos pela silhueta e ${components} pelo BIC`,
  headlineNone: (components) => `grupo, pois nenhum tem silhueta, e ${components} pelo BIC`,
  headlineClear: (seeds) => `nenhuma outra faixa se sobrepõe em ${seeds} sementes`,
  headlineOpen: (seeds, rivals) => `em ${seeds} sementes, a silhueta deixa ${rivals} em aberto`,
  headlineOne: "grupo: nem a silhueta nem o BIC mostram mais",
  headlineOneLevel: "no nível de 5%, pela silhueta",
  headlineNoMore: "a silhueta não mostra mais do que uma nuvem gaussiana",
  headlineUnknown: "sem uma faixa",
};
