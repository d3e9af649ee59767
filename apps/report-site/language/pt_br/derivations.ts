import type { Catalogue } from "../catalogue.ts";

/** Textos que as duas deduções têm em comum. */
export const derivations: Catalogue["derivations"] = {
  checksTitle: "Verificado por máquina",
  checksIntro:
    "Cada afirmação foi submetida a um programa que nada sabe desta página: ele calcula os dois lados e informa quão longe estão um do outro.",
  checksNotRun: "As verificações por máquina ainda não foram executadas. Para executá-las:",
  check: (passed) => passed ? "vale" : "falha",
  checkBounds: (error, tolerance, cases) =>
    `maior desvio ${error}, aceito ${tolerance}, ${cases} casos`,
  columns: {
    statement: "Afirmação",
    error: "Maior desvio",
    tolerance: "Aceito",
    cases: "Casos",
    passed: "Vale",
  },
  statements: {
    "missing-gradient-vanishes": "Na convergência o gradiente do custo esperado se anula",
    "missing-gradient-matches-differences":
      "O gradiente do custo esperado coincide com diferenças finitas",
    "missing-cost-never-rises": "Nenhum meio passo aumenta o custo esperado",
    "missing-cost-matches-monte-carlo":
      "A forma fechada do custo esperado coincide com uma média por força bruta (em erros padrão)",
    "missing-equals-filled-lloyd":
      "O algoritmo é o de Lloyd sobre dados preenchidos, mais uma constante",
    "missing-variance-moves-no-assignment": "A variância a priori não muda nenhuma atribuição",
    "mixture-gradient-vanishes": "Na convergência o gradiente da log-verossimilhança se anula",
    "mixture-gradient-matches-differences":
      "O gradiente da log-verossimilhança coincide com diferenças finitas",
    "mixture-bound-never-falls": "Nenhum passo do EM diminui a log-verossimilhança",
    "mixture-bound-is-tight": "Nas responsabilidades a cota é igual à log-verossimilhança",
    "mixture-weights-sum-to-one": "Os pesos somam um",
    "mixture-moments-match-monte-carlo":
      "Média e covariância da mistura coincidem com as de sorteios dela (em erros padrão)",
  },
  monteCarloTitle: "Formas fechadas ao lado da força bruta",
  monteCarloCaption: "O que diz a fórmula, e a média de sorteios aleatórios com o seu erro padrão.",
  monteCarloColumns: {
    statement: "Afirmação",
    closedForm: "Fórmula",
    estimate: "Média dos sorteios",
    standardError: "Erro padrão",
    draws: "Sorteios",
  },
  findingAll: (passed) => `Todas as ${passed} verificações por máquina desta dedução valem.`,
  findingSome: (failed, total) =>
    `${failed} de ${total} verificações por máquina desta dedução falham; estão marcadas abaixo.`,
};
