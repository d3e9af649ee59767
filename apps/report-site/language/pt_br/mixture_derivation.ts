import type { Catalogue } from "../catalogue.ts";

/** Textos da dedução do EM para misturas gaussianas. */
export const mixtureDerivation: Catalogue["mixtureDerivation"] = {
  title: "EM para misturas gaussianas, deduzido",
  short: "Dedução: misturas",
  description: "A dedução do EM para misturas gaussianas, com verificações por máquina.",
  question:
    "Que responsabilidades, médias, covariâncias e pesos tornam estacionária a log-verossimilhança de uma mistura gaussiana, e por que iterá-los a faz subir?",
  setting1:
    "Há $N$ pontos $x_n \\in \\mathbb{R}^D$ e $K$ componentes com pesos $\\pi_k \\ge 0$, $\\sum_k \\pi_k = 1$, médias $\\mu_k$ e covariâncias definidas positivas $\\Sigma_k$. Escreva $\\theta$ para todos eles. A densidade e a log-verossimilhança são",
  setting2:
    "A soma dentro do logaritmo é o que dificulta: anular o seu gradiente não dá forma fechada, porque cada termo depende de todos os componentes.",
  responsibilities: "Responsabilidades",
  responsibilities1:
    "Seja $z_n$ o componente que produziu o ponto $n$, com $p(z_n = k) = \\pi_k$. Pela regra de Bayes a probabilidade a posteriori do componente $k$, a sua responsabilidade pelo ponto $n$, é",
  bound: "Uma cota que toca",
  bound1:
    "Para quaisquer $q_{nk} \\ge 0$ com $\\sum_k q_{nk} = 1$, o logaritmo de uma média é pelo menos a média do logaritmo (Jensen):",
  bound2:
    "O que se perde é uma divergência de Kullback–Leibler, já que $\\pi_k \\mathcal{N}(x_n \\mid \\mu_k, \\Sigma_k) = p(x_n)\\,\\gamma_{nk}$:",
  bound3:
    "Ela é zero exatamente quando $q = \\gamma$. Assim o passo E, que põe $q$ igual às responsabilidades, maximiza a cota em $q$ e a torna igual à log-verossimilhança. O passo M maximiza a cota em $\\theta$ com $q = \\gamma$ fixo.",
  means: "Médias",
  means1:
    "O logaritmo de uma densidade normal é $-\\tfrac12 \\log|\\Sigma| - \\tfrac12 (x-\\mu)^{\\mathsf T} \\Sigma^{-1} (x-\\mu)$ mais uma constante. O seu gradiente em relação a $\\mu$ é $\\Sigma^{-1}(x - \\mu)$. Com $N_k = \\sum_n \\gamma_{nk}$,",
  means2:
    "onde a primeira igualdade diz que a cota e a log-verossimilhança têm o mesmo gradiente onde se tocam: derivar $\\log \\sum_j$ põe $\\pi_k \\mathcal{N}_k / \\sum_j \\pi_j \\mathcal{N}_j = \\gamma_{nk}$ diante do gradiente do logaritmo. Multiplicando por $\\Sigma_k$ e resolvendo,",
  covariances: "Covariâncias",
  covariances1:
    "Com $S_{nk} = (x_n - \\mu_k)(x_n - \\mu_k)^{\\mathsf T}$ a forma quadrática é $\\operatorname{tr}(\\Sigma_k^{-1} S_{nk})$. As duas derivadas necessárias são $\\partial \\log|\\Sigma| / \\partial \\Sigma = \\Sigma^{-1}$ e $\\partial \\operatorname{tr}(\\Sigma^{-1} S) / \\partial \\Sigma = -\\Sigma^{-1} S\\, \\Sigma^{-1}$ (para matrizes simétricas), portanto",
  covariances2: "Anulando e multiplicando por $\\Sigma_k$ à esquerda e à direita,",
  covariances3:
    "com a nova média $\\mu_k$ dentro. Em termos da precisão $\\Sigma_k^{-1}$ a cota é côncava (um log-determinante menos uma função linear), e em $\\mu_k$ é uma quadrática voltada para baixo, de modo que este é o máximo e não só um ponto estacionário.",
  covariances4:
    "Se a covariância é restrita, a mesma derivada é projetada no que é livre. Comum: uma $\\Sigma$ para todos; diagonal: só a diagonal de $\\Sigma_k$; esférica: a média dela:",
  weights: "Pesos",
  weights1: "Os pesos devem somar um, e um multiplicador de Lagrange $\\lambda$ se junta à cota:",
  weights2:
    "Somar $\\pi_k = -N_k / \\lambda$ em $k$ dá $1 = -N / \\lambda$, pois as responsabilidades de cada ponto somam um. Logo $\\lambda = -N$ e",
  monotone: "Por que sobe",
  monotone1: "Sejam $\\theta$ os parâmetros antes de um passo e $\\theta'$ os de depois. Então",
  monotone2:
    "A primeira relação vale porque é uma cota, a segunda porque o passo M a maximiza, a terceira porque ela toca em $\\theta$. Os gradientes da cota e da log-verossimilhança coincidem ali, portanto um ponto que o EM não move é um ponto estacionário da log-verossimilhança.",
  monotone3:
    "A própria log-verossimilhança não tem máximo: um componente que pousa em um único ponto e encolhe a torna tão grande quanto se queira. Uma pequena constante $\\varepsilon$ na diagonal de cada covariância impede isso; o passo M deixa então de ser o máximo exato da cota, e perto da convergência um passo pode perder um pouco de verossimilhança, da ordem de $\\varepsilon$.",
  numerics: "O que muda em ponto flutuante",
  numerics1:
    "Densidades em 25 e mais dimensões causam underflow, por isso tudo fica em logaritmos. Com o fator de Cholesky $\\Sigma_k = L_k L_k^{\\mathsf T}$ e $y = L_k^{-1}(x_n - \\mu_k)$,",
  numerics2:
    "e as responsabilidades vêm de $a_{nk} = \\log \\pi_k + \\log \\mathcal{N}(x_n \\mid \\mu_k, \\Sigma_k)$ subtraindo o logaritmo da soma das exponenciais, com a maior posta em evidência. As covariâncias são acumuladas em torno da média antiga $\\mu_k$ e deslocadas por $\\delta = \\mu_k' - \\mu_k$, o que não perde dígitos, ao contrário da média dos quadrados menos o quadrado da média:",
  moments: "Momentos, e sorteios da mistura",
  moments1:
    "A média e a covariância da mistura inteira seguem de condicionar no componente, pela lei da variância total:",
  traceTitle: "A log-verossimilhança, passo a passo",
  traceCaption: "Log-verossimilhança depois de cada passo do EM; nenhum passo pode diminuí-la.",
  traceX: "passo do EM",
  traceY: "log-verossimilhança",
};
