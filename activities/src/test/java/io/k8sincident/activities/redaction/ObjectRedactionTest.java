package io.k8sincident.activities.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ObjectRedactionTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void redactsVariablesThatAreNamedLikeCredentials() throws JsonProcessingException {
        JsonNode env = clean(
                        "{'spec':{'containers':[{'env':[{'name':'DB_PASSWORD','value':'x'},{'name':'MODE','value':'fast'},"
                                + "{'name':'TOKEN_FILE','value':'/run/token'},{'name':'API_KEY','value':'$(OTHER)'}]}]}}")
                .at("/spec/containers/0/env");

        assertThat(env.findValuesAsText("value"))
                .containsExactly("[redacted:password]", "fast", "/run/token", "$(OTHER)");
    }

    @Test
    void redactsHeadersThatAreNamedLikeCredentials() throws JsonProcessingException {
        JsonNode headers = clean("{'livenessProbe':{'httpGet':{'httpHeaders':["
                        + "{'name':'X-Api-Key','value':'9f8e'},{'name':'Authorization','value':'Token abc'},"
                        + "{'name':'proxy-authorization','value':'x'},{'name':'Cookie','value':'sid'},"
                        + "{'name':'Accept','value':'text/html'},{'name':'X-Token','value':5}]}}}")
                .at("/livenessProbe/httpGet/httpHeaders");

        assertThat(headers.findValuesAsText("value"))
                .containsExactly(
                        "[redacted:key]",
                        "[redacted:authorization]",
                        "[redacted:authorization]",
                        "[redacted:secret]",
                        "text/html",
                        "5");
    }

    @Test
    void redactsThePasswordInTheUrlOfAnImage() throws JsonProcessingException {
        assertThat(clean("{'image':'https://deploy:S3cret@registry/secret-token:1'}")
                        .path("image")
                        .asText())
                .isEqualTo("https://deploy:[redacted:url-password]@registry/secret-token:1");
    }

    @Test
    void redactsArgumentsThatFollowTheirFlag() throws JsonProcessingException {
        JsonNode args = clean("{'args':['--db-password','hunter2','--token=abc','--port','80','--password-file','/p']}")
                .at("/args");

        assertThat(args.toString())
                .isEqualTo("[\"--db-password\",\"[redacted:password]\",\"--token=[redacted:token]\",\"--port\",\"80\","
                        + "\"--password-file\",\"/p\"]");
    }

    @Test
    void redactsArgumentsOfProgramsWhoseFlagsDoNotSayPassword() throws JsonProcessingException {
        assertThat(clean("{'command':['/usr/bin/mysql','-h','db','-phunter2']}").toString())
                .isEqualTo("{\"command\":[\"/usr/bin/mysql\",\"-h\",\"db\",\"-p[redacted:password]\"]}");
        assertThat(clean("{'command':['curl'],'args':['-u','bob:hunter2','https://x']}")
                        .at("/args")
                        .toString())
                .isEqualTo("[\"-u\",\"bob:[redacted:password]\",\"https://x\"]");
        assertThat(clean("{'exec':{'command':['sh','-c','redis-cli -a hunter2 ping']}}")
                        .at("/exec/command/2")
                        .asText())
                .isEqualTo("redis-cli -a [redacted:password] ping");
        assertThat(clean("{'command':['server','-p','8080','-u','a:b']}").toString())
                .contains("8080", "a:b");
    }

    @Test
    void dropsValuesOfSecretsAndConfigMapsAndKeepsTheirKeys() throws JsonProcessingException {
        assertThat(clean("{'kind':'Secret','data':{'a':'c2VjcmV0'},'stringData':{'b':'x'}}")
                        .toString())
                .isEqualTo("{\"kind\":\"Secret\",\"data\":{\"a\":\"\"},\"stringData\":{\"b\":\"\"}}");
        assertThat(clean("{'kind':'ConfigMap','data':{'a':{'odd':1}},'binaryData':null}")
                        .toString())
                .isEqualTo("{\"kind\":\"ConfigMap\",\"data\":{\"a\":\"\"},\"binaryData\":null}");
    }

    @Test
    void redactsAnnotationsByNameAndByContent() throws JsonProcessingException {
        JsonNode annotations = clean(
                        "{'metadata':{'annotations':{'ci.example.com/deploy-token':'abc','note':'password=abc'}}}")
                .at("/metadata/annotations");

        assertThat(annotations.findValuesAsText("ci.example.com/deploy-token")).containsExactly("[redacted:token]");
        assertThat(annotations.findValuesAsText("note")).containsExactly("password=[redacted:password]");
    }

    @Test
    void leavesImagesAndNamesAsTheyAre() throws JsonProcessingException {
        String json = "{\"metadata\":{\"name\":\"secret-store\"},\"image\":\"registry/secret-token:0123456789abcdef\"}";

        assertThat(Redactor.object((ObjectNode) MAPPER.readTree(json)).toString())
                .isEqualTo(json);
    }

    @Test
    void leavesWhatItDoesNotUnderstand() throws JsonProcessingException {
        assertThat(clean("{'metadata':7,'env':[null,3,[{'name':null}]],'data':[]}")
                        .toString())
                .isEqualTo("{\"metadata\":7,\"env\":[null,3,[{\"name\":null}]],\"data\":[]}");
    }

    private static ObjectNode clean(String json) throws JsonProcessingException {
        return Redactor.object((ObjectNode) MAPPER.readTree(json.replace('\'', '"')));
    }
}
