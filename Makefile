# The targets work against the cluster that the kubeconfig points to, and the Temporal server that Temporal's own
# environment names (127.0.0.1:7233 without any).

INCIDENT ?= ./incident
KUBECTL ?= kubectl
CLUSTER ?= k8s-incident
WORKLOAD := deployment/crashy
TARGET := $(WORKLOAD) -n demo
SCENARIO := crashloop
REASON ?= make agent-fix-crashy-approve

# incident says 3 when it found problems or a plan waits: here that is what was asked for.
found = || [ $$? -eq 3 ]

await_plan = @for try in $$(seq 30); do $(INCIDENT) plan $(TARGET) 2>/dev/null && exit 0; sleep 1; done; $(INCIDENT) plan $(TARGET)
approve = $(INCIDENT) approve $(TARGET) $(if $(DIGEST),--digest $(DIGEST)) --reason "$(REASON)" --wait

.PHONY: help verify cluster-create cluster-delete demo-app scenario-crashloop agent-run agent-fix-crashy \
	agent-fix-crashy-approve llm-run llm-run-approve

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-26s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

verify: ## Build and run every check and test that needs no server
	mvn -B verify

cluster-create: ## A kind cluster in Docker, and the kubeconfig that points to it
	@command -v kind >/dev/null || { echo "kind is missing · nothing was created · install it: https://kind.sigs.k8s.io (go install sigs.k8s.io/kind@latest, brew install kind), and Docker; or point KUBECONFIG to any cluster" >&2; exit 1; }
	@docker info >/dev/null 2>&1 || { echo "the Docker engine does not answer · nothing was created · start it; or point KUBECONFIG to any cluster" >&2; exit 1; }
	kind get clusters | grep -qx $(CLUSTER) || kind create cluster --name $(CLUSTER) --wait 120s

cluster-delete: ## Delete that kind cluster
	kind delete cluster --name $(CLUSTER)

demo-app: ## A healthy Deployment demo/crashy
	$(KUBECTL) create namespace demo --dry-run=client -o yaml | $(KUBECTL) apply -f -
	$(KUBECTL) apply -n demo -f scenarios/src/main/resources/scenarios/$(SCENARIO)/manifest.yaml
	$(KUBECTL) rollout status $(TARGET) --timeout=120s

scenario-crashloop: ## The same, then a release whose command does not exist
	$(INCIDENT) scenarios apply $(SCENARIO)

agent-run: ## The worker, in the foreground
	$(INCIDENT) worker

agent-fix-crashy: ## Dry run: what is wrong, and what would be changed (needs agent-run)
	$(INCIDENT) start $(TARGET) --mode propose --wait $(found)

agent-fix-crashy-approve: ## The same, then approve the plan that is shown (DIGEST=… without a terminal) and watch it recover
	$(INCIDENT) start $(TARGET) --mode remediate
	$(await_plan)
	$(approve)

llm-run: ## As agent-fix-crashy, with a local model asked beside (needs agent-run and Ollama: see docs/models.md)
	$(INCIDENT) start $(TARGET) --mode propose --llm --wait $(found)

llm-run-approve: REASON = make llm-run-approve
llm-run-approve: ## As agent-fix-crashy-approve, with a local model asked beside; it has no say in the approval
	$(INCIDENT) start $(TARGET) --mode remediate --llm
	$(await_plan)
	$(approve)
	$(INCIDENT) show $(TARGET)
